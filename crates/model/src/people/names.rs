//! Forms of names and addresses that databases can compare: neither lower-cases letters beyond ASCII alike, and
//! neither knows the Norwegian order.

/// An address as it is compared: without blanks around it, in lower case.
pub fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// A text as it is searched: lower case, one blank between words, without accents; `Åse Bjørg` is `ase bjorg`, so
/// that both who can and who cannot type the letters find her.
pub fn search_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        for letter in word.chars().flat_map(char::to_lowercase) {
            match letter {
                'æ' | 'ä' => key.push_str("ae"),
                'ø' | 'ö' => key.push('o'),
                'å' => key.push('a'),
                other => push_plain(&mut key, other),
            }
        }
    }
    key
}

/// A name as it is sorted, byte by byte, in the Norwegian order: æ, ø and å last, `aa` as å, accents aside.
pub fn sort_key(family_name: &str, given_name: &str) -> Vec<u8> {
    let mut key = String::with_capacity(family_name.len() + given_name.len() + 1);
    push_sorted(&mut key, family_name);
    // Below every letter and the blank, so that `Lie` comes before `Lie Berg`.
    key.push('\u{1}');
    push_sorted(&mut key, given_name);
    key.into_bytes()
}

fn push_sorted(key: &mut String, name: &str) {
    let lower = name.to_lowercase().replace("aa", "å");
    for letter in lower.chars() {
        // The three bytes after z.
        match letter {
            'æ' | 'ä' => key.push('{'),
            'ø' | 'ö' => key.push('|'),
            'å' => key.push('}'),
            other => push_plain(key, other),
        }
    }
}

/// A letter without its accent; marks that stand alone vanish.
fn push_plain(key: &mut String, letter: char) {
    match letter {
        'á' | 'à' | 'â' | 'ã' | 'ā' | 'ă' | 'ą' => key.push('a'),
        'ç' | 'ć' | 'č' => key.push('c'),
        'ď' | 'đ' | 'ð' => key.push('d'),
        'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => key.push('e'),
        'í' | 'ì' | 'î' | 'ï' | 'ī' => key.push('i'),
        'ł' => key.push('l'),
        'ñ' | 'ń' | 'ň' | 'ŋ' => key.push('n'),
        'ó' | 'ò' | 'ô' | 'õ' | 'ō' | 'ő' => key.push('o'),
        'ř' => key.push('r'),
        'ś' | 'š' | 'ş' => key.push('s'),
        'ß' => key.push_str("ss"),
        'ť' | 'ŧ' => key.push('t'),
        'þ' => key.push_str("th"),
        'ú' | 'ù' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => key.push('u'),
        'ý' | 'ÿ' => key.push('y'),
        'ź' | 'ż' | 'ž' => key.push('z'),
        '\u{300}'..='\u{36f}' => {}
        other => key.push(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_as_in_a_norwegian_list() {
        let mut names =
            ["Østby", "Aasen", "Ås", "Ærø", "Zahl", "Lie Berg", "Lie", "Líe", "Aakre", "Abel", "Åberg"];
        names.sort_by_key(|name| sort_key(name, "Kari"));
        assert_eq!(
            names,
            ["Abel", "Lie", "Líe", "Lie Berg", "Zahl", "Ærø", "Østby", "Åberg", "Aakre", "Ås", "Aasen"]
        );
    }

    #[test]
    fn the_given_name_decides_between_equal_family_names() {
        assert!(sort_key("Lie", "Anne") < sort_key("Lie", "Åse"));
    }

    #[test]
    fn search_and_address_forget_case_and_accents() {
        assert_eq!(search_key("  ÅSE \t Bjørg-Næss "), "ase bjorg-naess");
        assert_eq!(email_key(" ÅSE@Fjordheim.example "), "åse@fjordheim.example");
    }
}
