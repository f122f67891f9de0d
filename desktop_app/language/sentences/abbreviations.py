"""The words behind English sentences: abbreviations by what may follow them, and words that begin sentences.

The lists are our own, made for news. A house adds to them and takes out of them by its rules.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# The full stop never ends a sentence: a name or a word follows. Written without the full stop, compared as they stand.
TITLES = _words(
    """
    Mr Mrs Ms Mx Messrs Mmes Dr Drs Prof Profs Assoc Asst Assist Hon Rev Revd Fr Sr Sra Srta Gen Maj Col Lt Cmdr
    Cdr Adm Capt Sgt Cpl Pvt Brig Gov Sen Sens Rep Reps Pres Amb Supt Insp Det Atty Hr Mme Mlle Msgr Acad Engr
    Ald Treas Chmn prof dr mr mrs ms e.g i.e viz cf vs Approx approx ca incl resp esp E.g I.e Cf
    """
)
# A name follows, unless a word that begins sentences does: "St. Michael", but "on Main St. The shop".
PLACES = _words(
    """
    St Ste Mt Ft Pt Rd Ave Blvd Ln Sq Hwy Rte Bldg Rm Fl Apt Dept Univ Inst Acad Natl Intl Gov Govt Assn Bros
    """
)
# A number follows; before anything else the full stop ends the sentence ("He said no.").
NUMBERED = _words(
    """
    No Nos no nos N° Fig Figs fig figs Eq Eqs eq eqs Sec Secs sec Sect sect Art art Arts Ch ch Chap chap Vol
    Vols vol vols Pt pt Pts p pp P Pp par para Para paras Ex ex Tab tab App app Ref ref Refs refs Ed ed ver Ver
    v V Op op Bk bk Issue Lot Rm rm Flt est Est tel Tel Ext ext fl Fl c b d r ca art cl Cl Reg reg Bd Rs rs Jan
    Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
    """
)
MONTHS = _words("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec")
# A sentence may end here; a capital goes on with it unless it begins a word of STARTERS.
OPEN = _words(
    """
    Inc Ltd Co Corp Cos Cie Mfg Bros LLC Plc Pte Pty GmbH co al Jr Sr Esq Dist Div Mich Calif Conn Mass Penn
    Wash Fla Ill Ind Kan Ky La Minn Miss Mo Mont Neb Nev Okla Ore Tenn Tex Va Wis Wyo Ariz Ark Colo Del Ga Md
    Ala Que Ont
    """
)
# A capital that follows begins a sentence.
ENDING = _words(
    """
    etc Ph.D PhD M.D M.A B.A M.S B.S M.Sc B.Sc M.B.A D.D.S J.D LL.M LL.B LL.D Ed.D M.Ed D.Phil M.Phil Eng.D ph.d
    """
)
# Eras and times of day: see how the sentence began.
TIMES = _words("a.m p.m A.M P.M am pm B.C A.D B.C.E C.E a.d b.c m")
TIME_FOLLOWERS = _words(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
    September October November December Beijing Eastern Pacific Central Mountain Greenwich Tokyo London Shanghai
    Moscow GMT UTC BST EST EDT PST PDT CST CDT MST MDT CET CEST JST HKT AEST ET PT CT MT Jan Feb Mar Apr Jun Jul
    Aug Sept Sep Oct Nov Dec
    """
)
# What begins a sentence whose time stands first: "At 5 a.m. Mr. Smith left".
TIME_OPENERS = _words(
    """
    At By On In Around About From Since Until Till After Before Between During Through Near Toward For
    """
)
UNITS = _words(
    """
    m g t s h L W V lb lbs oz ft in mi yd sq fl hr hrs min sec kg cm km mm ml pt qt gal mph rpm cu Lb Oz dept
    approx wt
    """
)
# A mark in the name: the sentence goes on.
SHOUTED = _words("Yahoo Jeopardy Yum Oklahoma Chips")

STARTERS = _words(
    """
    The A An This That These Those It Its He She His Her They Their We Our You Your I My Who What When Where Why
    How Which Whose Whether If Although Though Because Since As While After Before Until Unless Once Despite In
    On At By For From With Without Within Through Throughout During Under Over Among Between Besides Beyond
    About Above Across Along Around According Based Given Following Having Being And But Or So Yet Nor Then Thus
    Hence Therefore However Moreover Furthermore Meanwhile Also Additionally Finally Later Earlier Recently
    Currently Today Yesterday Tomorrow Tonight Now Here There Still Even Only Just Not No Never Nothing Nobody
    None Neither Either Both Each Every Everyone Everything All Any Anyone Some Someone Something Many Much Most
    More Few Several Other Others Another Such Same One Two Three Four Five Six Seven Eight Nine Ten Dozens
    Hundreds Thousands Millions Billions First Second Third Next Last Lastly Firstly Secondly Thirdly To Let
    Please Yes Indeed Instead Perhaps Maybe Overall Together Similarly Likewise Nevertheless Nonetheless
    Otherwise Rather Afterwards Afterward Previously Originally Eventually Ultimately Subsequently Consequently
    Accordingly Specifically Particularly Especially Generally Usually Often Sometimes Always Apart Aside Due
    Thanks Compared Starting Beginning Speaking Looking Founded Established Located Born Did Does Do Is Are Was
    Were Will Would Can Could Should Has Have Had May Might Must Turn Come Go See Students Participants Guests
    Officials Experts Researchers Scientists Teachers Visitors Representatives Members Leaders Delegates
    Attendees People Everybody Unlike Like Upon Nearly Almost Approximately Well
    """
)
REPORTING = (
    "said|says|asked|asks|added|adds|explained|explains|noted|notes|told|tells|replied|replies|wrote|writes|recalled|"
    "recalls|remarked|continued|answered|shouted|cried|exclaimed|whispered|wondered|thought|joked|quipped|stressed|"
    "announced|declared|insisted|admitted|responded|commented|pointed out|emphasized|observed"
)
