//! Literal texts looked for at sixty-four places at once, nearly four times as fast as with older instructions: with
//! those that only some processors have (AVX-512 with VBMI: Intel's servers since 2019, AMD's since 2022).
//!
//! One instruction looks up sixty-four bytes in a table of 128. For each of the first four bytes of a text a table tells
//! which buckets hold a text that has this byte there; where the four agree on a bucket, its texts are compared. So sixty-four
//! bytes cost about sixteen instructions, and a stop in vain takes four bytes that the texts of a bucket have between them.
//! So which texts share a bucket, every eighth of them, decides how often it is in vain: of the sieve's that is measured.

use std::array;

use fearless_simd::{Avx512, Level, prelude::*, u8x64};

/// How many places are looked at together.
const PLACES: usize = 64;
/// For how many bytes of a text there is a table.
const BYTES: usize = 4;
/// How many bytes are read for that.
const BLOCK: usize = PLACES + BYTES - 1;
/// How many sets of texts a table tells apart, a bit each.
const BUCKETS: usize = 8;

/// For each of the first bytes of a text: which buckets hold a text that has this letter there.
type Tables = [[u8; 128]; BYTES];

/// A search for literal texts, at most [`Wide::MOST`].
pub(crate) struct Wide {
    simd: Avx512,
    tables: Tables,
    texts: Vec<Text>,
}

/// A text, and its first bytes, by which it is told apart at once; a short one has fewer.
struct Text {
    head: u64,
    bits: u64,
    bytes: Box<[u8]>,
}

impl Text {
    fn of(text: &str) -> Self {
        let bits = head(&[u8::MAX; 8][..text.len().min(8)]);
        Self {
            head: head(text.as_bytes()),
            bits,
            bytes: text.as_bytes().into(),
        }
    }

    fn begins(&self, bytes: &[u8], head: u64) -> bool {
        head & self.bits == self.head && bytes.starts_with(&self.bytes)
    }
}

/// The first eight bytes as a number, which has zeros where there are no more.
fn head(bytes: &[u8]) -> u64 {
    u64::from_le_bytes(bytes.first_chunk().copied().unwrap_or_else(|| {
        let mut head = [0; 8];
        head[..bytes.len()].copy_from_slice(bytes);
        head
    }))
}

impl Wide {
    /// How many texts it takes at most: of more it stops too often.
    const MOST: usize = 8 * BUCKETS;

    /// A search for these texts; `None` where the processor has no such instructions, where there are more than it takes, or
    /// where one is empty or does not begin with letters of ASCII.
    pub(crate) fn of(texts: &[&str]) -> Option<Self> {
        let is_fit =
            |text: &&str| !text.is_empty() && text.bytes().take(BYTES).all(|byte| byte.is_ascii());
        if texts.len() > Self::MOST || !texts.iter().all(is_fit) {
            return None;
        }
        let simd = Level::new().as_avx512()?;
        let mut tables = [[0; 128]; BYTES];
        for (number, text) in texts.iter().enumerate() {
            let bucket = 1 << (number % BUCKETS);
            for (place, table) in tables.iter_mut().enumerate() {
                match text.as_bytes().get(place) {
                    Some(byte) => table[usize::from(*byte)] |= bucket,
                    // Behind a short text anything may stand.
                    None => table.iter_mut().for_each(|buckets| *buckets |= bucket),
                }
            }
        }
        Some(Self {
            simd,
            tables,
            texts: texts.iter().copied().map(Text::of).collect(),
        })
    }

    /// The place and the number of the first text from there on; of several at one place the one that was given first.
    pub(crate) fn find(&self, bytes: &[u8], from: usize) -> Option<(usize, usize)> {
        let at = |place: usize| Some((place, self.text_at(&bytes[place..])?));
        let mut left = from;
        if bytes.len() >= BLOCK {
            while let Some((block, mut places)) = stop(self.simd, &self.tables, bytes, left) {
                while places != 0 {
                    let found = at(block + places.trailing_zeros() as usize);
                    if found.is_some() {
                        return found;
                    }
                    places &= places - 1;
                }
                left = block + PLACES;
            }
            left = from.max(bytes.len() - (BYTES - 1));
        }
        // Copied to where a whole block could be read, they would make that slow, and by it the searches that follow.
        (left..bytes.len()).find_map(at)
    }

    /// The number of the text that the bytes begin with.
    fn text_at(&self, bytes: &[u8]) -> Option<usize> {
        let each = self.tables.iter().zip(bytes);
        let buckets = each.map(|(table, byte)| table[usize::from(byte & 127)]);
        let mut buckets = buckets.fold(u8::MAX, |all, buckets| all & buckets);
        let head = head(bytes);
        let mut first = None;
        while buckets != 0 {
            let bucket = buckets.trailing_zeros() as usize;
            let mut of_bucket = (bucket..self.texts.len()).step_by(BUCKETS);
            let found = of_bucket.find(|number| self.texts[*number].begins(bytes, head));
            first = first.into_iter().chain(found).min();
            buckets &= buckets - 1;
        }
        first
    }
}

fearless_simd::kernel!(
    /// The next block from `at` on with places where the tables agree on a bucket, and these places, a bit each; `None`
    /// where there is none. The last block ends where the bytes end, of which there is at least one block.
    fn stop(simd: Avx512, tables: &Tables, bytes: &[u8], at: usize) -> Option<(usize, u64)> {
        use std::arch::x86_64::{
            __m512i, _mm512_and_si512, _mm512_permutex2var_epi8, _mm512_test_epi8_mask,
        };
        let vector = |bytes: &[u8]| -> __m512i { u8x64::from_slice(simd, bytes).into() };
        let halves = |table: &[u8; 128]| (vector(&table[..64]), vector(&table[64..]));
        let tables = tables.each_ref().map(halves);
        let places = |block: &[u8; BLOCK]| {
            let [one, two, three, four] = array::from_fn(|byte| {
                let (low, high) = tables[byte];
                _mm512_permutex2var_epi8(low, vector(&block[byte..byte + PLACES]), high)
            });
            let all = _mm512_and_si512(_mm512_and_si512(one, two), _mm512_and_si512(three, four));
            _mm512_test_epi8_mask(all, all)
        };
        let mut at = at;
        while let Some(block) = bytes.get(at..)?.first_chunk() {
            let places = places(block);
            if places != 0 {
                return Some((at, places));
            }
            at += PLACES;
        }
        let last = bytes.len().checked_sub(BLOCK)?;
        let passed = u32::try_from(at - last).ok()?;
        let places = places(bytes[last..].first_chunk()?) & u64::MAX.checked_shl(passed)?;
        (places != 0).then_some((last, places))
    }
);
