pub fn highlight(_l: &str, _c: &str) -> Option<String> {
    None
}
