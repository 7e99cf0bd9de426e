//! "Did you mean …?": the nearest valid choices to what somebody wrote.

use strsim::damerau_levenshtein;

/// The letters and digits of a text in lower case: what is left when hyphens, blanks and case don't count.
pub fn compact(text: &str) -> String {
    deunicode::deunicode(text)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// The `most` candidates nearest to `given`, best first; empty when none is near.
///
/// Spelling variants come first (case, hyphens, plural), then one wrong letter, then candidates that begin with the
/// whole word, then two or three wrong letters (never more than one in three), and last, for words of four letters or
/// more, candidates that contain the word. Ties keep the order of the candidates.
pub fn nearest<'c>(
    given: &str,
    candidates: impl Iterator<Item = &'c str>,
    most: usize,
) -> Vec<&'c str> {
    let mut ranked: Vec<(usize, &str)> = candidates
        .filter_map(|candidate| Some((distance(given, candidate)?, candidate)))
        .collect();
    ranked.sort_by_key(|&(distance, _)| distance);
    ranked.truncate(most);
    ranked.into_iter().map(|(_, candidate)| candidate).collect()
}

/// Words by which people say that something helped or got in the way, where the vocabulary has what it was.
const JUDGEMENTS: [&str; 12] = [
    "lack of",
    "absence of",
    "shortage of",
    "not enough",
    "no",
    "poor",
    "weak",
    "low",
    "good",
    "strong",
    "high",
    "limited",
];

/// What a text is about that begins with a judgement: funding, for `lack of funding`.
pub fn without_judgement(given: &str) -> Option<&str> {
    JUDGEMENTS.iter().find_map(|judgement| {
        let (start, rest) = given.split_at_checked(judgement.len())?;
        let rest = rest.strip_prefix([' ', '-', '_'])?;
        (start.eq_ignore_ascii_case(judgement)
            || start
                .replace(['-', '_'], " ")
                .eq_ignore_ascii_case(judgement))
        .then_some(rest)
    })
}

/// The distance of words that differ in one letter; smaller ones are spelling variants.
pub const ONE_LETTER: usize = 2;
/// From this distance on only a part of the words is the same.
pub const PART: usize = 10;

/// How far a candidate is from what was given; `None` when it is not near.
pub fn distance(given: &str, candidate: &str) -> Option<usize> {
    // Nobody misspells a term of that length; a pasted page would take seconds.
    if given.len() > 200 || candidate.len() > 400 {
        return None;
    }
    let begins_with_word = candidate
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .is_some_and(|word| {
            word.len() >= 4 && word.eq_ignore_ascii_case(given) && word != candidate
        });
    let (given, candidate) = (compact(given), compact(candidate));
    if given.is_empty() || candidate.is_empty() {
        return None;
    }
    if given == candidate {
        return Some(0);
    }
    if singular(&given) == singular(&candidate) {
        return Some(1);
    }
    let longer = given.len().max(candidate.len());
    let allowed = (longer / 3).min(3);
    let edits = (given.len().abs_diff(candidate.len()) <= allowed)
        .then(|| damerau_levenshtein(&given, &candidate))
        .filter(|edits| *edits <= allowed);
    match edits {
        Some(1) => return Some(ONE_LETTER),
        _ if begins_with_word => return Some(3),
        Some(edits) => return Some(2 + edits),
        None => {}
    }
    let contains = given.len() >= 4 && candidate.contains(given.as_str())
        || candidate.len() >= 4 && given.contains(candidate.as_str());
    contains.then_some(PART + given.len().abs_diff(candidate.len()))
}

fn singular(word: &str) -> &str {
    word.strip_suffix("es")
        .or_else(|| word.strip_suffix('s'))
        .unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(given: &str) -> Vec<&'static str> {
        let terms = [
            "co-location",
            "leadership",
            "local-leadership",
            "trust",
            "contracts",
            "workload",
        ];
        nearest(given, terms.into_iter(), 3)
    }

    #[test]
    fn spelling_variants_beat_edits_and_edits_beat_parts() {
        assert_eq!(near("colocation")[0], "co-location");
        assert_eq!(near("Co Location")[0], "co-location");
        assert_eq!(near("leadreship"), ["leadership"]);
        assert_eq!(near("leadership")[..2], ["leadership", "local-leadership"]);
        assert_eq!(near("contract"), ["contracts"]);
        assert_eq!(near("trsut"), ["trust"]);
        assert_eq!(
            nearest("agency", ["urgency", "agency-staffing"].into_iter(), 1),
            ["agency-staffing"]
        );
        assert!(near("zebra").is_empty());
        assert_eq!(without_judgement("Lack of trust"), Some("trust"));
        assert_eq!(without_judgement("poor-leadership"), Some("leadership"));
        assert_eq!(without_judgement("notes"), None);
        assert_eq!(without_judgement("no"), None);
        assert!(near("").is_empty());
    }
}
