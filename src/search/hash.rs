//! Hashes of words and of pairs of words, and the slices of the index that they fall into.

/// Bits of a hash that are the number of a slice.
pub(super) const SLICE_BITS: u32 = 7;

/// Slices of the index: so many that few change with a sentence.
pub(super) const SLICES: usize = 1 << SLICE_BITS;

/// FNV-1a of 32 bits over the bytes of a stem.
pub(super) fn word_hash(stem: &str) -> u32 {
    stem.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// The hash of two stems side by side from the hashes of both, mixed so that its highest bits are as good as the others.
pub(super) fn pair_hash(one: u32, other: u32) -> u32 {
    let both = (one.wrapping_mul(0x2c1b_3c6d) ^ other).wrapping_mul(0x297a_2d39);
    both ^ (both >> 15)
}

/// The slice of a word. FNV's highest bits depend on few letters, so they are mixed.
pub(super) fn word_slice(hash: u32) -> usize {
    pair_slice(hash.wrapping_mul(0x9e37_79b9))
}

/// The slice of a pair: the highest bits of its hash.
pub(super) fn pair_slice(hash: u32) -> usize {
    (hash >> (32 - SLICE_BITS)) as usize
}
