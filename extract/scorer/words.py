"""Words in groups: what a clause does, what the end of a name says it is, what kind of post a title is (词组)."""

from __future__ import annotations

import re

from extract.scanning import scanning

__all__ = ["HEADS", "TRIGGER", "Trigger", "head_of", "post_of", "triggers"]

_TRIGGERS = {
    "speak": r"致[^,。;、]{0,4}[辞词]|演讲|讲话|发言|报告(?!会)|主旨|推介|授课|讲座|主讲|宣讲|点评|分享|宣读|圆桌"
    r"|对话(?!会)|作了|解读"
    r"|总结|宣布|通报|汇报|阐述",
    "say": r"表示|指出|认为|强调|介绍|说[,:。“]|谈到|坦言|呼吁|透露|称[,:]|建议|谈及|告诉|看来|提出|希望|期待|提到",
    "chair": r"主持",
    "attend": r"出席|参加|与会|到会|参会|列席|莅临|亮相|参展|参与|见证|观摩|受邀|应邀|到场|现身|布展|参赛|展出|展示"
    r"|带来|携|设展"
    r"|巡馆|派出|代表团|率|聆听|走进|在座|嘉宾",
    "host": r"主办|举办|合办",
    "hold": r"举行|召开|开幕|启幕|闭幕|落幕|拉开|开赛|登陆|移师|落户|地点|地址|开展",
    "cohost": r"协办|共同主办|联合主办|联办",
    "organize": r"承办|组织实施|执行",
    "support": r"指导|支持|赞助|协力|战略合作|学术支持|后援|特别协助",
    "sign": r"签署|签订|签约|签了|签下|签定|交换|缔结|结为|协议|备忘录|合同|合作文本|换文",
    "launch": r"发布|发起|启动|推出|印发|出台|设立|首发|颁布|公布|编制|编写|通过|上线|组建|共建|制定|倡议|实施|起草"
    r"|建立|创立|创建"
    r"|筹建|启用|开通|宣告|发表|牵头|提议|打造|建设|建成|签发|问世",
    "found": r"成立|揭牌|揭幕|授牌|挂牌|落成",
    "member": r"加入|成员|会员|理事单位|入盟|成为|当选|入选|吸纳|签字国|缔约|响应|参与单位|首批|创始|单位|加盟"
    r"|组成(?!员)|纳入",
    "title": r"任|担任|聘|选举|推举|兼|就任|出任",
    "part": r"分论坛|平行论坛|专题论坛|子论坛|专场|同期|系列活动|配套活动|边会|之一|组成部分|框架下|期间|其间|板块"
    r"|下设|设有|设置"
    r"|还设|作为",
    "with": r"与|和|同|跟|联合|携手|分别|双方|共同|会同",
    "deny": r"未能|没有|因故|缺席|取消|不再|无法|并未|尚未|推迟|延期|原定",
    "past": r"曾|去年|上一届|上届|此前|往届|首届|历届|将于|下届|下一届|明年|前身",
    "witness": r"见证下|会谈|会见|接见",
    "there": r"(?:会|论坛|仪式|现场|活动)上|会后|会前|当天|当日|现场",
    "visit": r"考察|调研|访问|走访|参观",
    "venue": r"在|于",
}
TRIGGER = scanning("|".join(f"(?P<{name}>{words})" for name, words in _TRIGGERS.items()))
# Groups too common to say what a clause does.
_WEAK = frozenset({"with", "venue"})
_HEADS = {
    "univ": r"大学|学院|学校|分校|中学|小学|书院",
    "firm": r"公司|集团|股份|银行|科技|企业|控股|证券|实业|智能|电子|汽车",
    "gov": r"政府|局|厅|部|委|办公室|管委会|委员会|署|办|人大|政协|市委|省委|中心",
    "soc": r"学会|协会|联合会|商会|促进会|研究会|基金会|理事会|分会|组织",
    "alliance": r"联盟|网络|联合体|共同体|机制|合作体|联席会",
    "lab": r"研究院|研究所|实验室|研究中心|基地|智库|院|所",
    "media": r"社|报|台|网|杂志|出版社",
    "fair": r"博览会|展览会|展会|交易会|展|洽谈会|会展",
    "contest": r"大赛|赛|竞赛|锦标赛|运动会|比赛",
    "ceremony": r"仪式|活动|启动会|发布会|推介会|签约",
    "sub": r"分论坛|专场|论坛|对话|沙龙|研讨会|圆桌|专题",
    "conference": r"大会|峰会|年会|会议|会",
    "plan": r"计划|行动|方案|规划|工程|项目|战略",
    "paper": r"报告|白皮书|蓝皮书|指南|标准|规范|指数|目录|清单|榜单|案例|图谱|手册|条例|办法|法|意见",
    "declaration": r"倡议|宣言|公约|共识|声明|承诺|倡议书|决议|原则",
    "platform": r"平台|系统|基金|模型|数据集",
    "city": r"[市省区县州]",
    "site": r"馆|中心|酒店|宾馆|厅|广场|园|楼|剧院|校区|堂|饭店|岛|港",
}
HEADS = tuple(_HEADS)
_HEAD = re.compile("|".join(f"(?P<{name}>(?:{words})$)" for name, words in _HEADS.items()))
_POST = scanning(
    r"(?P<mayor>副?(?:市长|省长|区长|县长|州长)|市领导|常委|主席)|(?P<secretary>书记)"
    r"|(?P<president>校长|院长|所长|党委|教授|教师|老师|校友|研究生|博士|学生)"
    r"|(?P<boss>董事长|总经理|总裁|CEO|创始人|总监|副总|总工|工程师|科学家|经理|技术官|合伙人)"
    r"|(?P<chair>理事长|会长|秘书长|监事长|理事|主任委员)|(?P<director>局长|厅长|部长|主任|处长|司长|专员|署长"
    r"|巡视员)"
    r"|(?P<envoy>大使|领事|参赞|代表)|(?P<academician>院士)|(?P<state>总统|总理|大臣|首相|国王)|(?P<other>长|员|师"
    r"|家)$"
)


class Trigger:
    """A word of a group at ``[start, end)`` of a masked sentence; ``weak`` ones say little of what a clause does."""

    __slots__ = ("end", "group", "start", "weak", "word")

    def __init__(self, match: re.Match[str]) -> None:
        self.start, self.end = match.span()
        self.group = match.lastgroup or ""
        self.word = match[0]
        self.weak = self.group in _WEAK


def triggers(text: str) -> list[Trigger]:
    """The words of all groups in a masked sentence, in order."""
    return [Trigger(match) for match in TRIGGER.finditer(text)]


def head_of(name: str) -> str:
    """The group of a name's last word, ``-`` where it is in none."""
    match = _HEAD.search(name.rstrip('”"》)'))
    return match.lastgroup or "-" if match else "-"


def post_of(title: str) -> str:
    """The kind of post that a title names."""
    match = _POST.search(title)
    return match.lastgroup or "" if match else str(bool(title))
