package huitu;

import com.hankcs.hanlp.seg.Segment;
import com.hankcs.hanlp.seg.common.Term;

/** A text cut into words by HanLP, as Python takes it: all at once is far cheaper than word by word. */
public final class Words {
    /** By word where it ends, in characters (code points). */
    public final int[] ends;
    /** The tags with a space between. */
    public final String tags;

    public Words(Segment segment, String text) {
        Object[] terms = segment.seg(text).toArray();
        ends = new int[terms.length];
        int end = 0;
        StringBuilder found = new StringBuilder();
        for (int i = 0; i < terms.length; i++) {
            Term term = (Term) terms[i];
            end += term.word.codePointCount(0, term.word.length());
            ends[i] = end;
            found.append(i > 0 ? " " : "").append(term.nature);
        }
        tags = found.toString();
    }
}
