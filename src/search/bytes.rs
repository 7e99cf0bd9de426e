//! Whole numbers as bytes.

/// Appends a number, seven bits a byte, the lowest first; every byte but the last has its highest bit set.
pub(super) fn varint(out: &mut Vec<u8>, mut number: u32) {
    while number > 0x7f {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Appends increasing numbers as the gaps between them: each number less the one before it, less one.
pub(super) fn gaps(out: &mut Vec<u8>, numbers: impl IntoIterator<Item = u32>) {
    let mut next = 0;
    for number in numbers {
        varint(out, number - next);
        next = number + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_seven_bits_a_byte() {
        let mut out = Vec::new();
        varint(&mut out, 0);
        varint(&mut out, 127);
        varint(&mut out, 128);
        varint(&mut out, u32::MAX);
        assert_eq!(out, [0, 127, 0x80, 1, 255, 255, 255, 255, 15]);
    }

    #[test]
    fn gaps_are_less_one() {
        let mut out = Vec::new();
        gaps(&mut out, [0, 1, 5]);
        assert_eq!(out, [0, 0, 3]);
    }
}
