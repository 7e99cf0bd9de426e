//! Sentences of chosen length with the word frequencies of a language, though not its sense.

use crate::random::{SplitMix64, Zipf};
use crate::words;

/// Whether a text may carry marks of Markdown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marks {
    /// Words and full stops only, for front matter.
    None,
    /// Emphasis here and there.
    Emphasis,
}

/// The words with their law of frequency.
pub(crate) struct Prose {
    words: Vec<&'static str>,
    /// Where the words that carry meaning begin.
    head: usize,
    all: Zipf,
    content: Zipf,
}

impl Prose {
    /// The built-in words.
    pub(crate) fn new() -> Self {
        let (words, head) = words::all();
        // The shifts give the commonest word 6 % of a text, as in English, and keep the first nouns from drowning the rest.
        let (all, content) = (Zipf::new(words.len(), 2), Zipf::new(words.len() - head, 8));
        Self {
            words,
            head,
            all,
            content,
        }
    }

    /// A word that carries meaning.
    pub(crate) fn content_word(&self, random: &mut SplitMix64) -> &'static str {
        self.words[self.head + self.content.draw(random)]
    }

    /// `count` different words that carry meaning, as in a label: no full stop, lower case.
    pub(crate) fn label(&self, random: &mut SplitMix64, count: usize) -> String {
        let mut words: Vec<&str> = Vec::with_capacity(count);
        while words.len() < count {
            let word = self.content_word(random);
            if !words.contains(&word) {
                words.push(word);
            }
        }
        words.join(" ")
    }

    /// A sentence of `count` words, at least two, onto the end of `out`.
    pub(crate) fn sentence(
        &self,
        random: &mut SplitMix64,
        count: usize,
        marks: Marks,
        out: &mut String,
    ) {
        let span = self.emphasis(random, count, marks);
        let mut previous = String::new();
        for at in 0..count {
            let mut word = self.any_word(random, at + 1 == count);
            while word == previous {
                word = self.any_word(random, at + 1 == count);
            }
            if at > 0 {
                out.push(' ');
            }
            if let Some((mark, _, _)) = span.filter(|&(_, first, _)| first == at) {
                out.push_str(mark);
            }
            if at == 0 {
                out.push_str(&capitalised(&word));
            } else {
                out.push_str(&word);
            }
            if let Some((mark, _, _)) = span.filter(|&(_, _, last)| last == at) {
                out.push_str(mark);
            }
            if at > 2 && at + 3 < count && random.chance(6) {
                out.push(',');
            }
            previous = word;
        }
        out.push('.');
    }

    /// A sentence without marks.
    pub(crate) fn plain(&self, random: &mut SplitMix64, count: usize) -> String {
        let mut out = String::new();
        self.sentence(random, count, Marks::None, &mut out);
        out
    }

    /// The mark and the first and last word of what is emphasised, in one sentence of seven.
    fn emphasis(
        &self,
        random: &mut SplitMix64,
        count: usize,
        marks: Marks,
    ) -> Option<(&'static str, usize, usize)> {
        if marks == Marks::None || count < 6 || !random.chance(14) {
            return None;
        }
        let first = random.between(1, count - 4);
        let mark = if random.chance(40) { "**" } else { "*" };
        Some((mark, first, first + random.below(3)))
    }

    /// A word, a name or a number; the last word of a sentence carries meaning.
    fn any_word(&self, random: &mut SplitMix64, last: bool) -> String {
        match random.below(1000) {
            0..15 => words::place_name(random),
            15..25 => random.between(2, 98).to_string(),
            25..30 => format!("{}%", random.between(2, 60)),
            _ if last => self.content_word(random).to_owned(),
            _ => self.words[self.all.draw(random)].to_owned(),
        }
    }
}

/// The text with a capital at its head.
pub(crate) fn capitalised(text: &str) -> String {
    let mut signs = text.chars();
    match signs.next() {
        Some(first) => first.to_uppercase().chain(signs).collect(),
        None => String::new(),
    }
}
