//! Inputs from inputs: small changes by chance, the same ones on every machine.

/// Characters that parsers have opinions on.
const PIECES: [&str; 14] = [
    "\n", "\r\n", "\t", " ", "\u{0}", "\u{feff}", "\u{202e}", "\u{301}", "é", "<", "&", "\"", "'",
    ":",
];

/// A row of numbers that look like chance (xorshift, <https://www.jstatsoft.org/article/view/v008i14>).
#[derive(Debug)]
pub struct Chance(u64);

impl Chance {
    /// A row of its own for each beginning.
    pub fn new(beginning: u64) -> Self {
        Self(beginning.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `end`; 0 if that is 0.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11)
            .unwrap_or_default()
            .checked_rem(end)
            .unwrap_or_default()
    }

    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        start..start + self.below((length - start).min(64) + 1)
    }
}

/// One of the inputs with one to eight changes, of at most `longest` bytes.
pub fn changed(
    inputs: &[Vec<u8>],
    dictionary: &[Vec<u8>],
    longest: usize,
    chance: &mut Chance,
) -> Vec<u8> {
    let mut bytes = inputs[chance.below(inputs.len())].clone();
    for _ in 0..=chance.below(8) {
        let at = chance.below(bytes.len() + 1);
        match chance.below(7) {
            0 => {
                let range = chance.range(bytes.len());
                bytes.drain(range);
            }
            1 => {
                let range = chance.range(bytes.len());
                let piece = bytes[range].to_vec();
                bytes.splice(at..at, piece);
            }
            2 => {
                let other = &inputs[chance.below(inputs.len())];
                let range = chance.range(other.len());
                bytes.splice(at..at, other[range].iter().copied());
            }
            3 | 4 if !dictionary.is_empty() => {
                let piece = &dictionary[chance.below(dictionary.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            5 if at < bytes.len() => bytes[at] = chance.below(256) as u8,
            _ => {
                let piece = PIECES[chance.below(PIECES.len())];
                bytes.splice(at..at, piece.bytes());
            }
        }
    }
    bytes.truncate(longest);
    bytes
}

/// The pieces of a dictionary in the format of libFuzzer: one a line in quotes, bytes as `\x0A`, lines with `#` left out.
pub fn dictionary(text: &str) -> Vec<Vec<u8>> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let quoted = lines.filter_map(|line| line.strip_prefix('"')?.strip_suffix('"'));
    quoted.map(unescape).collect()
}

fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        rest = &rest[at + 1..];
        let hex = rest.strip_prefix('x').and_then(|rest| rest.get(..2));
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &rest[3..];
            }
            None => {
                let length = rest.chars().next().map_or(0, char::len_utf8);
                bytes.extend_from_slice(&rest.as_bytes()[..length]);
                rest = &rest[length..];
            }
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_the_same_again_and_within_the_limit() {
        let inputs = [b"one input".to_vec(), b"another".to_vec()];
        let row = || {
            let mut chance = Chance::new(7);
            let mut next = || changed(&inputs, &[b"<b>".to_vec()], 12, &mut chance);
            (0..500).map(|_| next()).collect::<Vec<_>>()
        };
        assert_eq!(row(), row());
        assert!(row().iter().all(|input| input.len() <= 12));
        let others = row().into_iter().filter(|input| !inputs.contains(input));
        assert!(others.count() > 400);
    }

    #[test]
    fn a_dictionary_names_bytes() {
        let text = "# pieces\n\"a\\x0Ab\"\n\"\\\"\\\\\"\n\n";
        assert_eq!(dictionary(text), [b"a\nb".to_vec(), b"\"\\".to_vec()]);
    }
}
