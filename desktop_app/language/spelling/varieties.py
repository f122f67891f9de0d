"""Words that British and American English spell differently, each with its other spelling.

Only what marks a variety is here. Spellings that both use (judgement, cancelled, amongst, license as a verb) mark none.
``-ize`` is American and Oxford's British, ``-ise`` is British alone.
"""

from enum import StrEnum


class Mark(StrEnum):
    """What a spelling says about its text."""

    BRITISH = "en-GB"
    AMERICAN = "en-US"
    ISE = "ise"
    IZE = "ize"


# British / American, and the endings that both take; "-" in front of an ending takes the last letter away.
_PAIRS = """
arbour/arbor s
armour/armor s ed y
behaviour/behavior s al ally
candour/candor
clamour/clamor s ed ing
colour/color s ed ful fully ing less
demeanour/demeanor s
discolour/discolor s ed ing
dishonour/dishonor s ed ing able
endeavour/endeavor s ed ing
favour/favor s ed ing able ably ite ites itism
fervour/fervor
flavour/flavor s ed ing ful ings
harbour/harbor s ed ing
honour/honor s ed ing able ably ee ees
humour/humor s ed less
labour/labor s ed ing er ers
misdemeanour/misdemeanor s
neighbour/neighbor s ing ly hood hoods
odour/odor s less
parlour/parlor s
rancour/rancor
rigour/rigor s
rumour/rumor s ed
saviour/savior s
savour/savor s ed ing y
splendour/splendor s
tumour/tumor s
valour/valor
vapour/vapor s
vigour/vigor
centre/center s d piece pieces
epicentre/epicenter s
calibre/caliber s
centimetre/centimeter s
kilometre/kilometer s
millimetre/millimeter s
nanometre/nanometer s
micrometre/micrometer s
fibre/fiber s glass
litre/liter s
millilitre/milliliter s
lustre/luster
manoeuvre/maneuver s
manoeuvred/maneuvered
manoeuvring/maneuvering
meagre/meager ly
sabre/saber s
sceptre/scepter s
sombre/somber ly
spectre/specter s
theatre/theater s
defence/defense s less
offence/offense s
pretence/pretense s
practise/practice d
practising/practicing
catalogue/catalog s
catalogued/cataloged
cataloguing/cataloging
travelled/traveled
travelling/traveling
traveller/traveler s
modelled/modeled
modelling/modeling
labelled/labeled
labelling/labeling
fuelled/fueled
fuelling/fueling
signalled/signaled
signalling/signaling
levelled/leveled
levelling/leveling
counsellor/counselor s
counselling/counseling
channelled/channeled
channelling/channeling
totalled/totaled
totalling/totaling
tunnelled/tunneled
tunnelling/tunneling
rivalled/rivaled
quarrelled/quarreled
quarrelling/quarreling
equalled/equaled
dialled/dialed
dialling/dialing
initialled/initialed
marvelled/marveled
marvellous/marvelous ly
jewellery/jewelry
jeweller/jeweler s
woollen/woolen s
fulfil/fulfill s ment
enrol/enroll s ment ments
skilful/skillful ly ness
wilful/willful ly
instalment/installment s
instil/instill s
distil/distill s
appal/appall s
analyse/analyze s d r rs
analysing/analyzing
paralyse/paralyze s d
paralysing/paralyzing
catalyse/catalyze s d
catalysing/catalyzing
aluminium/aluminum
grey/gray s ish
mould/mold s ed ing y
plough/plow s ed ing
sceptic/skeptic s al ally ism
cosy/cozy
pyjamas/pajamas
moustache/mustache s
artefact/artifact s
ageing/aging
aeroplane/airplane s
maths/math
mum/mom s
programme/program s
tonne/metric_ton s
paediatric/pediatric s
paediatrician/pediatrician s
anaesthetic/anesthetic s
anaesthesia/anesthesia
haemoglobin/hemoglobin
haemorrhage/hemorrhage s
oestrogen/estrogen
leukaemia/leukemia
anaemia/anemia
foetus/fetus es
diarrhoea/diarrhea
oesophagus/esophagus
orthopaedic/orthopedic s
gynaecology/gynecology
archaeologist/archeologist s
archaeology/archeology
encyclopaedia/encyclopedia s
smoulder/smolder s ed ing
sulphur/sulfur ic
sulphate/sulfate s
sulphide/sulfide s
"""
# Both sides' own where a pair is only told when the other side of it stands in the text as well.
_NEUTRAL = {"archaeologist", "archaeology", "encyclopedia", "program", "programs", "practice", "practiced",
            "practicing", "metric_ton", "metric_tons", "math", "sulfur", "sulfuric", "sulfate", "sulfide", "rigors",
            "moms", "artifact", "artifacts", "airplane", "airplanes"}  # fmt: skip

_VERBS = """
actual agon apolog author antagon brutal capital categor central character civil colon commercial compartmental
computer conceptual contextual critic crystall custom decentral demobil democrat demon destabil digit digital
econom emphas energ equal familiar fantas fertil final formal fratern galvan general global glamor harmon hospital
hypothes ideal idol immobil immun incentiv industrial initial institutional internal international jeopard legal
liberal local magnet marginal material maxim memor mesmer militar minim miniatur mobil modern monet monopol moral
motor national natural neutral normal optim organ ostrac oxid patron penal personal plagiar polar popular privat
priorit professional public radical random rational real recogn regular reorgan revital revolution ritual romantic
sanit scrutin sensit serial social special stabil standard steril stigmat subsid summar symbol sympath synchron
synthes systemat tantal terror theor tranquil trivial union urban util vandal verbal victim visual vital vocal weapon
western
"""
_ENDINGS = ("e", "es", "ed", "ing", "er", "ers", "ation", "ations", "ational", "able")


def _table() -> dict[str, tuple[Mark, str]]:
    table: dict[str, tuple[Mark, str]] = {}
    for line in _PAIRS.strip().splitlines():
        pair, *endings = line.split()
        british, american = pair.split("/")
        for ending in ("", *endings):
            ours, theirs = british + ending, american + ending
            table[ours] = (Mark.BRITISH, theirs.replace("_", " "))
            table[theirs] = (Mark.AMERICAN, ours)
    for verb in _VERBS.split():
        for ending in _ENDINGS:
            table[f"{verb}is{ending}"] = (Mark.ISE, f"{verb}iz{ending}")
            table[f"{verb}iz{ending}"] = (Mark.IZE, f"{verb}is{ending}")
    return table


_TABLE = _table()


def mark_of(word: str) -> tuple[Mark, str] | None:
    """Return what a word in small letters says of its text, and how the other side spells it; None for neither."""
    return _TABLE.get(word)


def is_shared(word: str) -> bool:
    """Whether the other variety has the word too, in another sense: a computer program is one in Britain."""
    return word in _NEUTRAL
