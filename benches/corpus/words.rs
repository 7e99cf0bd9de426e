//! The words of the generated studies: plain English, the commonest first.

use crate::random::SplitMix64;

/// Words that hold a sentence together.
const FUNCTION: &str = "the of and to in a that for was with by on is were had it as from at who not they this \
    which but their an be when or more one so each than into after before where could while between because if over \
    through what during about some other every only most until both then without under against among";

/// Words that carry meaning.
const CONTENT: &str = "care team health people staff services work social patients community local council \
    practice hospital meeting support residents partners home nurses leaders trust manager time data needs board group \
    change plan teams records service nurse visit week referral referrals money budget meetings members family carers \
    charity volunteers building room office shared joint weekly daily early late new small large clear common whole \
    first second third next final open simple shorter longer better slower stronger weaker wider earlier later higher \
    lower told asked said found made took gave met agreed learned changed began stopped stayed moved built wrote read \
    showed helped hindered worked tested measured counted compared reported noticed foreseen \
    wanted needed kept lost gained spent saved waited called answered listened talked discharged admitted referred \
    recruited trained paid funded joined left opened closed year month day hour morning months years days hours decade \
    spring summer autumn winter neighbourhood locality district borough county city town village region system place \
    area street estate ward clinic surgery pharmacy school college university library garden kitchen hall church \
    mosque temple market station bus car journey road park doctor doctors consultant therapist therapists pharmacist \
    navigator worker workers director officer clerk receptionist carer daughter son mother father parent parents \
    child children adult adults neighbour friend neighbours friends teacher researcher commissioner commissioners \
    chair governor councillor volunteer leader colleague colleagues profession professions organisation \
    organisations agency agencies provider providers network networks partnership partnerships committee alliance \
    programme project pilot scheme pathway model contract contracts agreement agreements target targets measure \
    measures outcome outcomes result results finding findings evidence evaluation interview interviews survey surveys \
    question questions answer story stories number numbers figure figures rate rates share count table report \
    reports letter email phone message messages call calls screen computer software licence password form forms note \
    notes file files register dashboard risk risks need demand capacity waiting list lists bed beds admission \
    admissions emergency discharge appointment appointments assessment assessments review reviews decision decisions \
    diagnosis treatment medicine medicines prescription illness condition conditions diabetes asthma dementia \
    frailty falls pain sleep diet exercise smoking weight pressure stroke cancer heart lung mind mood anxiety \
    depression loneliness housing heating damp debt benefits food transport employment skills training learning \
    teaching coaching supervision induction rotation vacancy vacancies turnover sickness workload pay grade post \
    posts role roles duty duties task tasks rota shift shifts cover break lunch tea coffee sofa chairs desk desks \
    door window corridor stairs lift floor kettle key badge uniform culture value values vision aim aims purpose \
    goal goals priority priorities policy policies rule rules law guidance standard standards quality safety access \
    equity inequality inequalities prevention population public private national voluntary clinical medical mental \
    physical primary acute urgent routine personal formal informal regular rare frequent quick slow gradual sudden \
    steady fragile honest patient careful busy quiet tired proud anxious willing reluctant absent present senior \
    junior experienced confident respect honesty confidence doubt fear hope pride anger blame credit thanks welcome \
    patience courage habit habits custom language words jargon meaning history memory experience knowledge advice \
    idea ideas lesson lessons mistake mistakes problem problems reason reasons cause effect benefit cost costs price \
    saving savings loan grant income spending invoice fund funds resource resources equipment wheelchair bandage \
    thermometer laptop printer paper pen map poster leaflet website newsletter video photograph translation \
    interpreter consent privacy confidentiality governance accountability responsibility autonomy hierarchy boundary \
    boundaries silo territory competition cooperation collaboration integration coordination communication handover \
    trial cohort sample baseline control follow drop rise fall gap pattern trend signal season quarter deadline \
    milestone launch closure merger restructure election budgetary regional strategic operational practical \
    theoretical visible hidden familiar strange distant nearby remote rural urban coastal crowded empty warm cold \
    bright dark loud calm safe unsafe fair unfair equal unequal flexible rigid temporary permanent expensive cheap \
    gently closely rarely often always never sometimes together apart directly openly quietly jointly fully partly \
    mainly slowly quickly locally nationally";

/// How the name of a place that does not exist begins.
const NAME_STARTS: [&str; 40] = [
    "Ash", "Barn", "Beck", "Birch", "Black", "Bram", "Broad", "Cald", "Carl", "Clay", "Cran",
    "Dart", "Dun", "Elm", "Fern", "Glen", "Hart", "Hazel", "Holm", "Kel", "King", "Lang", "Lin",
    "Mar", "Mill", "Nor", "Oak", "Pen", "Quorn", "Raven", "Red", "Ship", "Stan", "Thorn", "Up",
    "Wake", "West", "Whit", "Win", "Yar",
];

/// What may stand in its middle.
const NAME_MIDDLES: [&str; 6] = ["", "", "er", "ing", "en", "le"];

/// How it ends.
const NAME_ENDS: [&str; 24] = [
    "bourne", "bridge", "brook", "bury", "by", "combe", "dale", "don", "field", "ford", "ham",
    "hurst", "ley", "low", "mere", "mouth", "port", "stead", "stow", "thorpe", "ton", "wick",
    "wood", "worth",
];

/// All words in one list, for one law of frequency, and how many function words stand at its head.
pub(crate) fn all() -> (Vec<&'static str>, usize) {
    let function: Vec<&str> = FUNCTION.split_whitespace().collect();
    let head = function.len();
    let words = function
        .into_iter()
        .chain(CONTENT.split_whitespace())
        .collect();
    (words, head)
}

/// A place name, one of about 4,800.
pub(crate) fn place_name(random: &mut SplitMix64) -> String {
    let start = random.pick(&NAME_STARTS);
    let middle = random.pick(&NAME_MIDDLES);
    let end = random.pick(&NAME_ENDS);
    format!("{start}{middle}{end}")
}
