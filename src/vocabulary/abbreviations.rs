//! The abbreviations of the glossary, found in running text.
//!
//! Letters that mean one thing in the library are found; those that two entries share, or that an entry calls ambiguous,
//! are not: a wrong expansion is worse than none.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, MatchKind};
use rustc_hash::FxHashMap;

use super::term::GlossaryEntry;
use super::terms::Terms;
use crate::id::Id;

/// An abbreviation of one letter would be found in every list of options.
const MIN_LETTERS: usize = 2;

/// A glossary of so many letters is searched for by a table of all states: every sentence of a library is searched, so that
/// a table pays that takes a few milliseconds. It takes half a kilobyte for each letter, too much for a glossary of megabytes.
const TABLE_LETTERS: usize = 20_000;

/// Finds the abbreviations of a glossary, all in one pass over a text.
#[derive(Debug, Default)]
pub struct Abbreviations {
    /// `None` when there is nothing to find.
    finder: Option<AhoCorasick>,
    patterns: Vec<Pattern>,
}

#[derive(Debug)]
struct Pattern {
    entry: Id<GlossaryEntry>,
    letters: String,
    /// The longest pattern that this one begins with: `NHSE` of `NHSE/I`.
    shorter: Option<usize>,
}

/// A place where a text uses an abbreviation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// What it means.
    pub entry: Id<GlossaryEntry>,
    /// Its bytes in the text; the `s` of a plural is one of them.
    pub range: Range<usize>,
}

impl Abbreviations {
    /// The abbreviations of a glossary that mean one thing.
    pub fn new(glossary: &Terms<GlossaryEntry>) -> Self {
        let mut meanings: FxHashMap<&str, usize> = FxHashMap::default();
        for (_, entry) in glossary.iter() {
            *meanings.entry(&entry.abbr).or_default() += 1;
        }
        let mut patterns: Vec<Pattern> = glossary
            .iter()
            .filter(|(_, entry)| {
                !entry.ambiguous
                    && meanings[entry.abbr.as_str()] == 1
                    && entry.abbr.chars().count() >= MIN_LETTERS
            })
            .map(|(id, entry)| Pattern {
                entry: id,
                letters: entry.abbr.clone(),
                shorter: None,
            })
            .collect();
        patterns.sort_by(|one, other| one.letters.cmp(&other.letters));
        for at in 1..patterns.len() {
            // In the order of letters, what a pattern begins with is the one before it or one that that one begins with.
            let mut shorter = Some(at - 1);
            while let Some(before) = shorter
                && !patterns[at].letters.starts_with(&patterns[before].letters)
            {
                shorter = patterns[before].shorter;
            }
            patterns[at].shorter = shorter;
        }
        let letters: usize = patterns.iter().map(|pattern| pattern.letters.len()).sum();
        let finder = (!patterns.is_empty()).then(|| {
            AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .kind((letters <= TABLE_LETTERS).then_some(AhoCorasickKind::DFA))
                .build(patterns.iter().map(|pattern| &pattern.letters))
                .expect("invariant: a glossary is smaller than what the automaton can hold")
        });
        Self { finder, patterns }
    }

    /// Every use in a text, in order: whole words in the case of the glossary, the longest of those that begin at one
    /// place. `before` and `after` are the characters around the text, where it is part of a longer one.
    pub fn uses<'u>(
        &'u self,
        text: &'u str,
        before: Option<char>,
        after: Option<char>,
    ) -> impl Iterator<Item = Use> + 'u {
        let mut at = 0;
        std::iter::from_fn(move || {
            let finder = self.finder.as_ref()?;
            while let Some(found) = finder.find(Input::new(text).range(at..)) {
                let (start, head) = (found.start(), &text[..found.start()]);
                if !head.chars().next_back().or(before).is_some_and(is_of_word)
                    && let Some((pattern, end)) =
                        self.whole_word(found.pattern().as_usize(), &text[start..], after)
                {
                    at = start + end;
                    return Some(Use {
                        entry: self.patterns[pattern].entry,
                        range: start..at,
                    });
                }
                at = start + text[start..].chars().next().map_or(1, char::len_utf8);
            }
            None
        })
    }

    /// The longest pattern with which a text begins and that ends where a word ends, and where that is.
    fn whole_word(
        &self,
        longest: usize,
        text: &str,
        after: Option<char>,
    ) -> Option<(usize, usize)> {
        let mut next = Some(longest);
        while let Some(pattern) = next {
            let end = self.patterns[pattern].letters.len();
            let ends = |rest: &str| !rest.chars().next().or(after).is_some_and(is_of_word);
            if ends(&text[end..]) {
                return Some((pattern, end));
            }
            if text[end..].strip_prefix('s').is_some_and(ends) {
                return Some((pattern, end + 1));
            }
            next = self.patterns[pattern].shorter;
        }
        None
    }
}

/// Whether a word goes on with this character; an underscore and an at sign hold names and addresses together.
fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '@')
}

/// Whether an author spells an abbreviation out where it is used: `integrated care board (ICB)` or `ICB (integrated care
/// board)`, in the singular or the plural. `before` is read backwards from the abbreviation, `after` forwards.
pub fn is_spelt_out(
    expansion: &str,
    before: impl Iterator<Item = char>,
    after: impl Iterator<Item = char>,
) -> bool {
    let mut before = before.skip_while(|character| character.is_whitespace());
    if before.next() == Some('(') {
        let mut before = letters(before).peekable();
        let plural = !expansion.ends_with('s');
        before.next_if(|&letter| plural && letter == 's');
        return starts_with(before, letters(expansion.chars().rev()));
    }
    let mut after = after.skip_while(|character| character.is_whitespace());
    after.next() == Some('(') && starts_with(letters(after), letters(expansion.chars()))
}

/// Letters and digits in lower case: hyphens, blanks and capitals are matters of taste.
fn letters(text: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    text.filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
}

fn starts_with(mut text: impl Iterator<Item = char>, mut head: impl Iterator<Item = char>) -> bool {
    head.all(|letter| text.next() == Some(letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::term::Place;

    fn glossary(entries: &[(&str, bool)]) -> Terms<GlossaryEntry> {
        let entries = entries.iter().enumerate().map(|(at, (abbr, ambiguous))| {
            let place = Place {
                path: "glossary.yaml".into(),
                span: 0..0,
            };
            GlossaryEntry {
                id: format!("entry-{at}"),
                abbr: (*abbr).to_owned(),
                expansion: "something long".to_owned(),
                definition: "What it is.".to_owned(),
                ambiguous: *ambiguous,
                sources: Vec::new(),
                place,
            }
        });
        Terms::new((entries.collect(), Default::default()), &mut Vec::new())
    }

    fn found(abbreviations: &[&str], text: &str) -> Vec<String> {
        let entries: Vec<_> = abbreviations.iter().map(|abbr| (*abbr, false)).collect();
        Abbreviations::new(&glossary(&entries))
            .uses(text, None, None)
            .map(|found| text[found.range].to_owned())
            .collect()
    }

    #[test]
    fn whole_words_are_found_in_their_own_case() {
        assert_eq!(found(&["ICB", "IT"], "An ICB, its IT."), ["ICB", "IT"]);
        let none: [&str; 0] = [];
        assert_eq!(
            found(&["ICB", "IT"], "icb ICBX XICB AUDIT it ICB_1 a@IT"),
            none
        );
        assert_eq!(found(&["ICB"], "\u{e9}ICB ICB\u{e9}"), none);
        assert_eq!(
            found(&["ICB"], "(ICB) ICB-led, the ICB\u{2019}s"),
            ["ICB"; 3]
        );
    }

    #[test]
    fn plurals_are_found_with_their_s() {
        assert_eq!(found(&["GP"], "GPs and a GP, not GPsx"), ["GPs", "GP"]);
    }

    #[test]
    fn the_longest_that_is_a_whole_word_is_found() {
        let known = ["NHSE", "NHSE/I", "A&E", "E"];
        assert_eq!(
            found(&known, "NHSE/I, NHSE, NHSE/Improvement, A&E"),
            ["NHSE/I", "NHSE", "NHSE", "A&E"]
        );
    }

    #[test]
    fn letters_that_mean_two_things_are_left_alone() {
        let shared = glossary(&[("CHA", false), ("CHA", false), ("LA", true), ("GP", false)]);
        let abbreviations = Abbreviations::new(&shared);
        let text = "CHA, LA, GP";
        let found: Vec<_> = abbreviations.uses(text, None, None).collect();
        assert_eq!(found.len(), 1);
        assert_eq!(&text[found[0].range.clone()], "GP");
    }

    #[test]
    fn a_word_may_go_on_beyond_the_text() {
        let abbreviations = Abbreviations::new(&glossary(&[("GP", false)]));
        let count = |before, after| abbreviations.uses("GP", before, after).count();
        assert_eq!(count(None, None), 1);
        assert_eq!(count(Some(' '), Some('.')), 1);
        assert_eq!(count(Some('X'), None), 0);
        assert_eq!(count(None, Some('X')), 0);
    }

    #[test]
    fn what_the_author_spells_out_is_recognised() {
        let spelt_out = |before: &str, after: &str| {
            is_spelt_out(
                "multidisciplinary team",
                before.chars().rev(),
                after.chars(),
            )
        };
        assert!(spelt_out("a multidisciplinary team (", ") met"));
        assert!(spelt_out("Multi-disciplinary\u{a0}teams (", ", weekly)"));
        assert!(spelt_out("an ", " (multi-disciplinary team) met"));
        assert!(!spelt_out("a disciplinary team (", ")"));
        assert!(!spelt_out("a multidisciplinary team, ", " met"));
        assert!(!spelt_out("a multidisciplinary team and others (", ")"));
        assert!(!spelt_out("", ""));
    }
}
