//! A table that is built in, looked up by its first column (`pack`).

/// See the module.
pub struct Table {
    keys: &'static [u8],
    rows: &'static str,
}

impl Table {
    /// From what was packed.
    pub const fn new(keys: &'static [u8], rows: &'static str) -> Self {
        Self { keys, rows }
    }

    /// What stands behind the key.
    pub fn row(&self, key: &str) -> Option<&'static str> {
        let offset = fst::Map::new(self.keys).ok()?.get(key)? as usize;
        self.rows.get(offset..)?.lines().next()
    }
}
