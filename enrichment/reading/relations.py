"""Words by which a page says that what follows is its maker's, or somebody else's."""

import re

# Who made or keeps the website, or its pictures.
CREDIT = re.compile(
    r"(?:\b(?:web ?site|site|web ?page|page|web|theme|template|layout|logo|brand(?:ing)?|artwork|"
    r"photo(?:s|graph(?:s|y|er|ed)?)?|pictures?|images?|illustrations?|video|copy|content|seo|"
    r"it)\s+)?"
    r"\b(?:(?:re)?design(?:ed|er|ers)?|develop(?:ed|ment|er)|built|build|created|crafted|made|"
    r"hosted|"
    r"hosting|powered|maintained|managed|produced|coded|photograph(?:y|ed)|photos?|pictures?|"
    r"images?|"
    r"illustrat(?:ed|ions?)|sites?|web ?sites?|printed|typeset|driven|supported|marketing|branding|"
    r"seo)\s+(?:(?:and|&|\+)\s+\w+\s+)?(?:by|with love by|courtesy of|credit:?)\b"
    r"|\b(?:web ?site|web|site) ?(?:design(?:er)?|development|developer|master|credits?|hosting)\b"
    r"\s*(?:by|:|-|–|©|\||$)|\b(?:design|artwork|photography|words and pictures)\s*:|"
    r"\bweb ?master\b|\bgwefan gan\b|\bphoto(?:graphy)? ?(?:credits?|:)"
    r"|\bproudly (?:created|powered|made)\b|\bpowered by\b",
    re.IGNORECASE,
)
# What serves everybody who makes a website, and is nobody to whom a page gives the way.
PLATFORM = re.compile(
    r"\W*(?:(?:with|by|on|using|in)\W+)?(?:the )?(?:wix|word ?press|squarespace|shopify|weebly|"
    r"go ?daddy|webflow|duda|drupal|joomla|jimdo|google|elementor|ghost|magento|woo ?commerce|"
    r"bigcommerce|prestashop|opencart|hubspot|framer|carrd|strikingly|yola|blogger|typo3|umbraco|"
    r"concrete ?5|create\.net|moonfruit|netlify|cloudflare|astra|divi|stripe|paypal|worldpay|"
    r"recaptcha|trustpilot|mailchimp)\b",
    re.IGNORECASE,
)
# By these words in a sentence it goes on to tell of somebody else.
RELATION = re.compile(
    r"\b(?:our (?:\w+ )?(?:suppliers?|vets?|wholesalers?|distributors?|couriers?|carriers?|"
    r"landlord|"
    r"letting agents?|agents?|sponsors?|neighbours?|friends?|partners?|stockists?|retailers?|"
    r"auditors?|bankers?|insurers?|accountants?|solicitors?|contractors?|sub-?contractors?|"
    r"registrars?|provider|processors?|host)\b|dostawc[ay]|hurtownia|lieferant|"
    r"(?:partner|sister|host|neighbouring) (?:home|hotel|firm|charity|company|school|church|club|"
    r"organisation|business|agency|practice)s?|"
    r"sponsored by|in (?:association|partnership|conjunction) with|on behalf of|"
    r"(?<!site )(?<!shop )(?:run|operated|organised|provided|managed|supplied|administered|owned|"
    r"handled|processed|delivered|underwritten|manufactured|distributed|insured|acquired|held|"
    r"stocked|installed|fitted|"
    r"funded|backed|serviced|guaranteed|endorsed|catered|performed|brewed|published) "
    r"(?:(?:for|on behalf of) [\w ]{1,40} )?by|"
    r"(?:recruitment|employment|staffing|booking|ticket) agen(?:cy|cies|ts?)|"
    r"the (?:manufacturer|supplier|maker|insurer|wholesaler|franchisor)s?|"
    r"(?:mail|hosting|payment|cloud|e-?mail|internet) provider|data processors?|"
    r"part of (?:the )?|subsidiary of|(?:seen|covered|handled|looked after|dealt with|answered|"
    r"taken) by|(?:made|built|designed|supplied|completed) for|affiliated (?:to|with)|"
    r"calls (?:will )?(?:go|are (?:passed|diverted|transferred|forwarded)) (?:through )?to|"
    r"recent (?:work|projects?|jobs?)|our \w+ (?:firm|company|agency) (?:is|are)|"
    r"next[ -]door(?! to\b)|umbrella (?:firm|company)|we (?:recommend|suggest|use)|recommended by|"
    r"insur(?:ed|ance)(?: is| cover)? with|(?:sent|shipped|dispatched) (?:by|with|via)|"
    r"(?:stocked|sold|on sale|displayed|available) (?:at|from) (?=[A-Z])|"
    r"thanks to|courtesy of|successor to|"
    r"(?:represented|exhibited|exhibiting|on show|shown|hosted) (?:by|at)|"
    r"for (?:a )?taxis?|taxis?|minicabs?|cab firms?|nearest \w+|"
    r"(?<!\bare )(?<!['’]re )(?<!\bas )a local (?:charity|firm|company|pub|restaurant)|"
    r"taken over by|sold to|merged with|new owners?|"
    r"(?:authori[sz]ed(?: and regulated)?|regulated|inspected|licen[cs]ed|supervised|"
    r"accredited|governed|overseen) by(?: the)?)\b",
    re.IGNORECASE,
)
# Who is watched over says so in the imprint, and goes on with what is its own.
REGULATED = re.compile(
    r"^(?:authori[sz]ed|regulated|inspected|licen[cs]ed|supervised|accredited|part of)", re.I
)
# All that goes on behind it is of those from whom one has one's name.
LICENSOR = re.compile(
    r"\b(?:(?:credit|finance|loans?|lending|insurance|cover) (?:is|are) (?:also )?(?:provided|"
    r"offered|"
    r"arranged|underwritten) by|(?:credit|finance) (?:from|by)|under licen[cs]e (?:from|to|of)|"
    r"licen[cs]ed (?:from|by)|"
    r"franchisors?|franchis(?:e|ee|"
    r"ed) (?:of|by|from)|(?:appointed )?representative of|agents? (?:of|for)|trade ?marks? of)\b",
    re.IGNORECASE,
)
# What somebody is to whoever made the page, as a heading or before a colon.
ROLE = re.compile(
    r"^\W*(?:our |the |company |corporate |joint |group |main |financial |legal |nominated |sole |"
    r"local |uk |irish |german |french |european |american |overseas |school )*"
    r"(?:registrars?|stock ?brokers?|brokers?|nomads?|auditors?|bankers?|advis[eo]rs?|solicitors|"
    r"lawyers|public relations|pr|press agency|underwriters?|nominees?|couriers?|carriers?|"
    r"hauliers?|"
    r"suppliers?|wholesalers?|distributors?|importers?|stockists?|retailers?|resellers?|dealers?|"
    r"(?:[\w-]+ )?sponsors?|(?:sales |export )?(?:agents?|representatives?)|uniforms?|"
    r"(?:[\w-]+ )?judges?|"
    r"landlord|freeholders?|venue|"
    r"managing agents?|letting agents?|franchisors?|"
    r"taxis?|doctors?|gps?|dentists?|chemists?|vets?|hospitals?|plumbers?|locksmiths?|police|"
    r"electricians?|car hire|airports?|(?:train|railway|bus|rail) stations?|trains?|"
    r"buses|ferr(?:y|ies))(?: (?:and|&|/) [\w ]{1,40})?\s*(?:$|[:–(-])",
    re.IGNORECASE,
)
# Bodies to which pages refer their readers.
PUBLIC = re.compile(
    r"\b(?:(?<!old )(?<!former )police|fire service|ambulance|coastguard|nhs (?:england|111|direct|"
    r"inform|choices|24|"
    r"complaints|pharmacy)|(?:call|ring|dial|phone) (?:111|999|101|119|112|105)\b|"
    r"a&e|(?:minor injur\w+|urgent care|walk-?in) (?:unit|centre)|"
    r"(?:acute|local|nearest|general) hospital|"
    r"ombuds(?:man|woman|men)|(?:information|charity|traffic|gambling|gaming) commission(?:er)?\w*|"
    r"(?:contact|call|ring|to|with|the) (?:ico|cqc|ofsted|hse|hmrc|fca|sra|icb|caa)\b|acas|"
    r"citizens[’']? advice|trading standards|hm revenue|companies house|dvla|dvsa|"
    r"hm land registry|job ?centre|samaritans|childline|child ?line|nspcc|barnardo|crimestoppers|"
    r"action fraud|women[’']?s aid|step ?change|national debtline|gamcare|gamble ?aware|"
    r"begambleaware|talk to frank|alcoholics anonymous|drinkline|age uk|macmillan|marie curie|"
    r"papyrus|safe spaces|victim support|crisis (?:line|team)|"
    r"rape crisis|domestic (?:abuse|violence) (?:help|line)|"
    r"(?:thames|severn trent|yorkshire|anglian|southern|wessex|scottish|northumbrian|welsh|bristol|"
    r"affinity) water|"
    r"united utilities|uk power networks|northern powergrid|western power|electricity north west|"
    r"sp energy|"
    r"children[’']s (?:services|social care)|social services|\blado\b|safeguarding (?:board|"
    r"partnership|hub)|drinkaware|"
    r"highways (?:agency|england|department|team)|fundraising regulator|dog warden|"
    r"gas emergenc\w+|gas leaks?|smell (?:of )?gas|national grid|cadent|transco|power ?cut|"
    r"floodline|"
    r"\bpta\b|coroner\w*|register office|pay[- ](?:and|&)[- ]display|(?:street|free) parking|"
    r"parking (?:is )?(?:at|in|on|near)\b|mediation service|"
    r"environment agency|food standards agency|health (?:and|&) safety executive|"
    r"care quality commission|ofsted helpline|ofgem|ofcom|ofwat|financial conduct authority|"
    r"prudential regulation|solicitors regulation|law society|bar standards|"
    r"financial services compensation|\bfscs\b|pensions? (?:regulator|wise)|"
    r"general (?:medical|dental|optical|pharmaceutical) council|nursing and midwifery council|"
    r"healthwatch|integrated care board|\bicb\b|\bpals\b|mental health (?:crisis|help ?line)|"
    r"(?:members?|membership) of(?: the)?|(?:approved|certified|vetted) by(?: the)?|"
    r"registered with(?: the)?|(?:league|cup|union) (?:secretary|chair\w*)|"
    r"(?:chair\w*|secretary|president) of the|away (?:game|match|fixture)s?|"
    r"(?:public|council|nearest) car ?park|\bncp\b|we park|"
    r"(?:use|in|at) the [\w -]{2,40} car ?park|"
    r"health ombudsman|parliamentary and health|local authority|"
    r"(?:parish|town|county|district|borough|city) council|(?<!old )(?<!former )council offices?|"
    r"(?:arch)?dioces\w+|"
    r"gas safe register|civil aviation authority|property ombudsman|redress scheme|"
    r"deposit protection|"
    r"(?:better business bureau|european commission)|poisons?|rspca|rspb|blue cross|"
    r"national rail|trainline|traveline|tourist information|visitor information)\b",
    re.IGNORECASE,
)
# What is told of oneself.
OWN = re.compile(
    r"\b(?:call|ring|phone|telephone|tel|contact|e-?mail|mail|text|write to|reach|visit|find|see|"
    r"speak (?:to|with)|talk to|message|tell|send|join|ask|follow|fax|whatsapp|reply to)\s+(?:to )?"
    r"(?:us|me)\b|\bour (?:\w+ )?(?:offices?|shops?|stores?|teams?|branch(?:es)?|showrooms?|"
    r"studios?|address|reception|"
    r"surger(?:y|ies)|premises|workshop|warehouse|factory|switchboard|phone|number|e-?mail|"
    r"data protection|complaints?|"
    r"depot|centre|school|church|hall|clinic|practice|yard|unit|headquarters|hq|line|hotline|staff|"
    r"director|manager|"
    r"help ?desk|press office|customer services?|support|restaurant|bar|caf[eé]|kitchen|salon|spa|"
    r"garage|museum|gallery|"
    r"farm|nursery|hotel|sales|service|enquir(?:y|ies)|bookings?|duty|freephone|secretary|clerk|"
    r"treasurer|vicar|"
    r"head ?teacher|receptionists?|engineers?|advis[eo]rs?|experts?|specialists?|new|main|head)\b|"
    r"\bour (?:other|second|third) \w+\b|"
    r"\b(?<!whose )(?:registered|head|main|trading|business|postal|correspondence) "
    r"(?:office|address)\b|"
    r"\b(?:secretary|treasurer|clerk|warden)\s*:|\b(?:at|to|visit) the (?:branch|office|shop|"
    r"showroom|depot|yard|studio|workshop)\b|"
    r"\bget in touch\b|\b(?:the |from |at |our )?(?:reception|box office|front desk|switchboard|"
    r"booking office|head office)\b|\bwe are (?:at|based|located|in|on)\b|\bwe[’']re (?:at|based|"
    r"located|in|on)\b|\bcysylltwch\b",
    re.IGNORECASE,
)
NOT_US = re.compile(
    r"\bnot (?:us|ours?|run by us|connected with us|affiliated)\b|"
    # Where readers are told not to call, it is others whom they would call.
    r"\b(?:do not|don[’']t|never) (?:ring|call|phone|telephone|contact|e-?mail|write to) (?:the|"
    r"our) "
    r"(?!(?:shop|office|team|branch|school|salon|surgery|number|mobile)\b)",
    re.IGNORECASE,
)
# Told of a number or a place that is no more, never was, or is somebody's who pretends.
GONE = re.compile(
    r"\b(?:(?:no longer|not) (?:in use|used)|not from us|belongs? to (?:another|somebody|someone|a "
    r"different)|who (?:say|claim|pretend)|pretending to be|beware of|scam|"
    r"(?:\b(?:is|are)|,) not (?:us|ours|our (?:number|address|site|shop))\b|"
    r"nothing to do with us|"
    r"our (?:old|former|previous) (?:phone |telephone )?(?:number|address|shop|office|premises|"
    r"home)|"
    r"(?:used to be|formerly|previously) (?:at|in|based)|we were (?:at|in|based)|"
    r"(?:we (?:have )?|having )moved from|(?:sample|specimen|example) \w+:)",
    re.IGNORECASE,
)
THEM = re.compile(r"\b(?:them|they|their|theirs|him|his|her|its|it)\b", re.IGNORECASE)
# Headings of lists of others, and the addresses of pages that hold them.
OTHERS = re.compile(
    r"\b(?:stockists?|where to buy|find a (?:dealer|stockist|retailer|supplier|member|"
    r"practitioner|installer|tradesman)|(?:our )?(?:dealers|retailers|resellers|distributors|"
    r"suppliers|sponsors|affiliates|exhibitors|stallholders)|(?:our |trade |delivery |charity |"
    r"local |business )partners|who is here|who[’']?s here|"
    r"notes? (?:to|for) (?:the )?editors?|local (?:area|taxis?|vets?|doctors?)|by (?:train|taxi|"
    r"bus|air|rail)|where to (?:eat|stay|go)|what[’']?s nearby|nearby|"
    r"useful (?:links?|contacts?|numbers?|addresses|websites?|telephone|phone)|"
    r"(?:emergency|helpful|important|other useful|other) numbers|"
    r"(?:emergency|helpful|important|other useful|local|other) (?:contacts|telephone numbers|"
    r"links|services|groups|clubs|councils|authorities|societies|organisations)|links page|"
    r"(?:other|external|related) (?:links|websites|organisations)|"
    r"(?:support|other|partner) (?:organisations|agencies)|sources of (?:help|support)|"
    r"further (?:help|support)|case ?stud(?:y|ies)|testimonials|(?:success|client|"
    r"customer) stor(?:y|ies)|how we helped|"
    r"(?:whom?|with whom) (?:do )?we share|third[- ]part(?:y|ies)|(?:data )?processors|"
    r"recommended (?:suppliers|trades\w*|businesses|contractors)|"
    r"(?:local|nearby|area) (?:businesses|attractions|restaurants|accommodation|amenities|pubs)|"
    r"(?:things to do|places to (?:eat|stay|visit)|eating out)|members?[’']? director(?:y|ies)|"
    r"(?:our|new|list of|all) members|members? (?:list|a\W{0,3}z)|other people who|"
    r"(?:recommended|preferred|approved|trusted|favou?rite) [\w ]{0,20}(?:vendors|caterers|"
    r"florists|photographers|firms|people|accommodation)|(?:suppliers|people|firms|businesses) we|"
    r"(?:fault|emergency|crisis|safeguarding) (?:numbers|contacts)|away (?:grounds|matches)|"
    r"test centres|where we deliver|regular (?:users|hirers|groups|classes)|"
    r"(?:groups|clubs|classes|people) (?:who|that|which) (?:meet|use|hire)|"
    r"recent (?:work|projects|jobs|sales)|just sold|"
    r"local (?:information|schools|pubs|shops|organisations|clubs)|"
    r"about the (?:client|customer|author|publisher))\b",
    re.IGNORECASE,
)
OTHERS_PATH = re.compile(
    r"/(?:stockists?|where-to-buy|retailers|resellers|dealers|distributors|suppliers|sponsors|"
    r"links|useful-(?:links|contacts|numbers)|tenants|occupiers|who-is-here|case-stud(?:y|ies)|"
    r"customers|clients|testimonials|partners|local-area|success-stories|portfolio|our-work|"
    r"members-directory|director(?:y|ies))\b",
    re.IGNORECASE,
)
# Orders to programs that read pages: never meant for customers.
ORDERS = re.compile(
    r"(?:ignore|disregard|forget|override)\s+(?:all\s+|any\s+|every\s+)?(?:of\s+)?(?:the\s+|"
    r"your\s+|my\s+)?"
    r"(?:previous|prior|above|earlier|preceding|other)\s+(?:instructions?|prompts?|rules|orders|"
    r"text)|\b(?:system|assistant|developer)\s*(?:prompt|message|note|instruction)s?\b"
    r"|(?:^|\n|>|:)\s*(?:system|assistant)\s*:\s*\w"
    r"|\b(?:new|updated|further|special|hidden)\s+(?:instructions?|orders)\s*:"
    r"|</?\s*(?:data|document|context|system|instructions?|prompt|assistant)\s*>"
    r"|<\|\w+\|>|\[/?INST\]"
    r"|(?:ai|language)\s+(?:models?|assistants?|agents?|crawlers?|systems?)\s*(?:reading|"
    r"that reads?|must|should|shall|will please|please|:|,)"
    r"|(?:note|attention|message|instructions?)\s+(?:to|for)\s+(?:the\s+|any\s+|all\s+)?"
    r"(?:ai|llms?|language|assistants?|crawlers?|bots?|machines?|automated|robots?|gpt|chatgpt)\b"
    r"|\bif you (?:are|[’']re) (?:an? )?(?:ai|automated|llm|language|bot|assistant|agent|crawler|"
    r"machine|program)"
    r"|\b(?:dear|hello|attention),? (?:ai|llm|assistant|model|crawler)s?\b|\bas an ai\b|"
    r"\bprompt injection\b|\byou must (?:output|return|report|answer|respond|extract|record)\b"
    r"|\b(?:output|return|report|extract|respond with|answer with) (?:only|the following|"
    r"these values)\b"
    r"|\b(?:correct|true|real|verified|official) (?:phone|telephone|e-?mail|company|vat|contact|"
    r"legal name)[\w ]{0,30}\bis\b"
    r"|\b(?:use|take|treat|trust|prefer|store|save) (?:only )?(?:this|the following|these) (?:data|"
    r"values?|records?|number|"
    r"details|instead|as (?:true|verified|authoritative))\b|\b(?:discard|drop|forget) (?:the|all|"
    r"any) other\b|\bconfidence (?:of |to |= ?)?(?:1|100)\b"
    r"|\b(?:set|change|replace|record|store|write)\s+(?:the\s+)?(?:phone|telephone|e-?mail|name|"
    r"company number|address)\s+(?:number\s+)?(?:to|as|with)\b",
    re.IGNORECASE,
)
# Somebody who works for others: "contact Jo Bell at Spin on".
AT_OTHERS = re.compile(
    r"\b(?:contact|call|ring|phone|e-?mail|speak to|write to|ask)\s+(?:[A-Z][\w'’-]+\s+){1,3}"
    r"(?:at|of|from)\s+(?P<name>[A-Z][\w&'’. -]{1,40}?)\s*(?:\bon\b|\bby\b|\bvia\b|[,:(]|$)"
)
# To whom one is sent: "Umpires: see Sussex League".
SENT = re.compile(r"\bsee (?:the )?(?P<name>[A-Z][\w&'’-]+(?: [A-Z][\w&'’-]+){0,3})[\s:,–-]*$")
# Bodies by what their name ends with.
BODY = re.compile(
    r"\b(?P<name>(?:[A-Z][\w&'’-]+ (?:(?:of|for|and|the|&) ){0,2}){1,5}(?:Council|Authority|"
    r"Ombudsman|Commission|"
    r"Commissioner|Association|Federation|Institute|Bureau|Adjudicator|Tribunal|Union|"
    r"Registrars|Securities|Chambers? of Commerce|Taxis|Cabs|"
    r"(?:Complaints|Advisory|Arbitration|Resolution|Conciliation|Redress|Regulation|Rescue|"
    r"Ambulance|Information|Advice|Mediation|Registration) "
    r"(?:Service|Scheme|Board|Panel|Authority)))\b"
)
# Short forms of bodies that watch over others, where they begin an address.
WATCHING = re.compile(
    r"(?:^|[.:;(–-]\s*)(?:Ofsted|Ofcom|Ofgem|Estyn|ICO|CQC|RQIA|HSE|HMRC|FCA|SRA|CAA|DVSA|GDC|GMC|"
    r"GOC|GPhC|GOsC|HCPC|NMC|RCVS|RICS|ARLA|ACCA|ICAEW|AAT|TPO|PRS|ABTA|RSPCA)"
    r"(?:[,:]\s|\s\d[\d ]{8,13},\s)"
)
# Places that are bodies where somebody is sent there, and houses where they stand in an address.
HOUSE = re.compile(
    r"(?:^|[.:;(|•]\s*|\b(?:at|to|from|near|by|call|ring|"
    r"contact)\s+(?:the\s+)?)(?P<name>(?:[A-Z][\w&'’-]+ ){1,4}"
    r"(?:Hospital|Infirmary|University|Museum|Theatre|Cathedral|Airport|Station|Police))\b"
)
# What one says of oneself, whatever list or name it stands behind.
ONESELF = re.compile(r"\b(?:us|me|our|ours|my|we)\b", re.IGNORECASE)
# A value that is there to show how one looks.
SAMPLE = re.compile(
    r"(?<![.\w@-])(?:e\.?g\.?|example|for instance|such as|sample|placeholder|dummy|like|"
    r"replace me|format|"
    r"test)\b[\s:,.(\[“\"]*$",
    re.IGNORECASE,
)
