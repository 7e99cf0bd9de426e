//! Words of a text, as search knows them. `themes/default/assets/search/words.js` cuts and folds in the same way, so that a
//! query meets the text; the tests of `agreement.rs` hold the two against each other.
//!
//! - A **word** is a run of letters and digits in the sense of Unicode, folded: compatibility forms and case are undone,
//!   accents dropped. Apostrophes, soft hyphens and `&` inside it vanish: `patient's`, `A&E`. Words of more than
//!   [`LONGEST`] characters are none.
//! - A **compound** is words joined by single hyphens. It gives each of its words, and before them their joined form, so that
//!   `well-being` meets `wellbeing`.
//! - A **prefix** that is no word of its own (`co-`, `multi-`) belongs to the next word, across a hyphen or a blank: `co-location`,
//!   `co location` and `colocation` are one word. The bare `location` stands beside it.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use unicode_normalization::char::decompose_compatible;

/// Most characters of a word.
pub(super) const LONGEST: usize = 40;

/// What begins a word but is none.
const PREFIXES: [&str; 8] = ["co", "inter", "multi", "non", "pre", "re", "semi", "sub"];

/// Words that say nothing on their own: they are not indexed, and a query is not held to them. The entry file hands them on.
pub(super) const STOP: &str = "a an and are as at be been between but by can could did do does for from had has have how i if in into is it its me \
    my of on or our should so than that the their them then there these they this those to was we were what when where \
    which while who why will with would you your";

/// Whether a folded word says nothing on its own.
pub(super) fn is_stop(word: &str) -> bool {
    static WORDS: LazyLock<FxHashSet<&str>> =
        LazyLock::new(|| STOP.split_ascii_whitespace().collect());
    WORDS.contains(word)
}

/// Calls `visit` for every token of a text: a folded word, and its span. That is for how many of the tokens behind it, tails left
/// out, it stands: 1 for a word, itself; more for the joined form of a compound, which its words follow; 0 for the tail of the word
/// before it.
pub(crate) fn tokens(text: &str, mut visit: impl FnMut(&str, usize)) {
    let mut reader = Reader::default();
    let mut rest = text;
    loop {
        if reader.is_idle() {
            rest = reader.plain_words(rest, &mut visit);
        }
        let Some(c) = rest.chars().next() else { break };
        reader.read(c, &mut visit);
        rest = &rest[c.len_utf8()..];
    }
    reader.end_compound(&mut visit);
}

/// Kinds of bytes: of ASCII, what no word has, and letters and digits; and all others.
const BLANK: u8 = 0;
const LETTER: u8 = 1;
const OTHER: u8 = 2;

/// The kind of each byte.
const KINDS: [u8; 256] = {
    let mut kinds = [OTHER; 256];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte] = if (byte as u8).is_ascii_alphanumeric() {
            LETTER
        } else {
            BLANK
        };
        byte += 1;
    }
    kinds
};

/// How many bytes of a kind stand at the head of some.
fn run(bytes: &[u8], kind: u8) -> usize {
    let end = bytes
        .iter()
        .position(|byte| KINDS[usize::from(*byte)] != kind);
    end.unwrap_or(bytes.len())
}

/// What lies between two words.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Nothing yet: the word goes on.
    #[default]
    None,
    /// One hyphen.
    Hyphen,
    /// Blanks.
    Blank,
}

#[derive(Debug, Default)]
struct Reader {
    word: String,
    /// The words of the open compound.
    parts: Vec<String>,
    gap: Gap,
    /// An apostrophe or the like: part of the word if a letter follows at once.
    inner: bool,
    /// The plain word that is given, for its memory.
    plain: String,
}

impl Reader {
    /// Whether nothing read so far bears on what follows.
    fn is_idle(&self) -> bool {
        self.word.is_empty() && self.parts.is_empty()
    }

    /// Gives the words at the head of a text up to the first one that isn't plain, and returns the rest: nearly all words of English
    /// are letters of ASCII that end at a blank or a stop, and these need none of the care that the others do.
    fn plain_words<'t>(&mut self, text: &'t str, visit: &mut impl FnMut(&str, usize)) -> &'t str {
        let bytes = text.as_bytes();
        let mut start = 0;
        loop {
            start += run(&bytes[start..], BLANK);
            let length = run(&bytes[start..], LETTER);
            let (word, rest) = text[start..].split_at(length);
            let goes_on = rest
                .bytes()
                .next()
                .is_some_and(|next| !next.is_ascii() || matches!(next, b'-' | b'\'' | b'&'));
            if length == 0 || goes_on {
                return &text[start..];
            }
            let mut word = word;
            if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
                self.plain.clear();
                self.plain.push_str(word);
                self.plain.make_ascii_lowercase();
                word = &self.plain;
            }
            if is_prefix(word) {
                return &text[start..];
            }
            if length <= LONGEST {
                visit(word, 1);
            }
            start += length;
        }
    }

    fn read(&mut self, c: char, visit: &mut impl FnMut(&str, usize)) {
        if c.is_ascii() {
            self.folded(c.to_ascii_lowercase(), visit);
        } else {
            decompose_compatible(c, |part| {
                for part in part.to_lowercase() {
                    self.folded(part, visit);
                }
            });
        }
    }

    /// A character without compatibility forms, in lower case.
    fn folded(&mut self, c: char, visit: &mut impl FnMut(&str, usize)) {
        match c {
            'a'..='z' | '0'..='9' => self.letter(c),
            ' ' | '\n' | '\t' | '\r' => self.between(Gap::Blank, visit),
            '-' | '\u{2010}' => self.between(Gap::Hyphen, visit),
            '\'' | '&' | '\u{2018}' | '\u{2019}' | '\u{2bc}' => self.inner(visit),
            '\u{ad}' | '\u{300}'..='\u{36f}' => {}
            '\u{df}' => self.spelt("ss"),
            '\u{e6}' => self.spelt("ae"),
            '\u{153}' => self.spelt("oe"),
            '\u{f8}' => self.spelt("o"),
            '\u{111}' | '\u{f0}' => self.spelt("d"),
            '\u{fe}' => self.spelt("th"),
            '\u{142}' => self.spelt("l"),
            '\u{131}' => self.spelt("i"),
            '\u{3c2}' => self.spelt("\u{3c3}"),
            c if c.is_alphanumeric() => self.letter(c),
            _ => self.end_compound(visit),
        }
    }

    fn spelt(&mut self, letters: &str) {
        for c in letters.chars() {
            self.letter(c);
        }
    }

    fn letter(&mut self, c: char) {
        self.gap = Gap::None;
        self.inner = false;
        self.word.push(c);
    }

    fn inner(&mut self, visit: &mut impl FnMut(&str, usize)) {
        if self.word.is_empty() || self.inner {
            self.end_compound(visit);
        } else {
            self.inner = true;
        }
    }

    fn between(&mut self, gap: Gap, visit: &mut impl FnMut(&str, usize)) {
        let follows_word = !self.word.is_empty();
        if follows_word && !self.inner {
            self.end_word();
            self.gap = gap;
            if gap == Gap::Blank && !self.open_prefix() {
                self.end_compound(visit);
            }
        } else if follows_word || gap == Gap::Hyphen || self.gap == Gap::Hyphen {
            self.end_compound(visit);
        }
    }

    fn end_word(&mut self) {
        self.parts.push(std::mem::take(&mut self.word));
    }

    /// Whether the word before a blank is a prefix by itself.
    fn open_prefix(&self) -> bool {
        matches!(self.parts.as_slice(), [part] if is_prefix(part))
    }

    fn end_compound(&mut self, visit: &mut impl FnMut(&str, usize)) {
        if !self.word.is_empty() {
            self.end_word();
        }
        self.gap = Gap::None;
        self.inner = false;
        if self.parts.is_empty() {
            return;
        }
        let mut parts = std::mem::take(&mut self.parts);
        let tail = (parts.len() > 1 && is_prefix(&parts[0])).then(|| {
            let tail = parts.remove(1);
            parts[0].push_str(&tail);
            tail
        });
        let mut give = |word: &str, span| {
            if word.chars().count() <= LONGEST {
                visit(word, span);
            }
        };
        if parts.len() > 1 {
            give(&parts.concat(), parts.len());
        }
        for (number, part) in parts.iter().enumerate() {
            give(part, 1);
            if let (0, Some(tail)) = (number, &tail) {
                give(tail, 0);
            }
        }
        parts.clear();
        self.parts = parts;
    }
}

fn is_prefix(word: &str) -> bool {
    // No longer than the longest of them.
    word.len() <= 5 && PREFIXES.contains(&word)
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All tokens of a text.
    pub(in crate::search) fn all(text: &str) -> Vec<(String, usize)> {
        let mut all = Vec::new();
        tokens(text, |word, span| all.push((word.to_owned(), span)));
        all
    }

    fn plain(text: &str) -> String {
        let words: Vec<String> = all(text)
            .into_iter()
            .map(|(word, span)| format!("{word}{span}"))
            .collect();
        words.join(" ")
    }

    #[test]
    fn ways_to_write_a_word_meet() {
        for text in [
            "co-location",
            "co location",
            "Co\u{2011}Location",
            "co\n location",
        ] {
            assert_eq!(plain(text), "colocation1 location0", "{text}");
        }
        assert_eq!(plain("colocation"), "colocation1");
        assert_eq!(plain("well-being"), "wellbeing2 well1 being1");
        assert_eq!(plain("face-to-face"), "facetoface3 face1 to1 face1");
        assert_eq!(
            plain("multi-agency-led"),
            "multiagencyled2 multiagency1 agency0 led1"
        );
        assert_eq!(plain("patient\u{2019}s A&E"), "patients1 ae1");
        assert_eq!(
            plain("CAF\u{c9} cafe\u{301} \u{fb01}x Stra\u{df}e"),
            "cafe1 cafe1 fix1 strasse1"
        );
    }

    #[test]
    fn what_stands_apart_stays_apart() {
        for text in [
            "a - b",
            "a--b",
            "a' b",
            "a -b",
            "a/b",
            "a\u{2013}b",
            "a.b",
            "'a' 'b'",
        ] {
            assert_eq!(plain(text), "a1 b1", "{text}");
        }
        assert_eq!(plain("co, location"), "co1 location1");
        assert_eq!(plain("co- location"), "co1 location1");
        assert_eq!(plain("re co location"), "reco1 co0 location1");
        assert_eq!(plain(&"x".repeat(LONGEST + 1)), "");
    }

    proptest! {
        /// Plain words are read in strides; letter by letter they are the same.
        #[test]
        fn strides_give_what_single_letters_give(text in "([a-z]{1,3}|co|re|[A-Z0-9]|[ \n]|[-'&.,\0_]|[\u{301}\u{ad}éß\u{2011}’–λ]){0,24}") {
            let mut reader = Reader::default();
            let mut single = Vec::new();
            let mut visit = |word: &str, span| single.push((word.to_owned(), span));
            for c in text.chars() {
                reader.read(c, &mut visit);
            }
            reader.end_compound(&mut visit);
            prop_assert_eq!(all(&text), single);
        }
    }

    #[test]
    fn words_that_say_nothing_are_known() {
        assert!(is_stop("the") && is_stop("your"));
        assert!(!is_stop("nhs") && !is_stop("he t") && !is_stop(""));
    }
}
