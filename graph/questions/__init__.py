"""Questions about institutions, forums, initiatives, people and places (提问): one module a subject.

    names          which entity a name denotes                       find_named
    facts          what an entity is to others, with the evidence    list_facts
    forums         hosts, speakers, what was signed and announced    list_deals ...
    posts          posts of people over time                               list_posts
    companions     who is met at forums, networks of those           list_companions, list_pairs
    series         editions side by side, speakers of several        list_editions ...
    timeline       claims in the order of their dates                list_timeline
    routes         shortest and all short paths, common neighbours   find_paths ...
    structure      centrality and communities of a part              networkx
    feed           documents that are new                            list_new_documents

Each gives a page of frozen records; facts carry the claims behind them. Denied facts are no edges, rejected claims say
nothing; what is only planned says so in ``status``.
"""
