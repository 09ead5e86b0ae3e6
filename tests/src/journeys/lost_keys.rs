//! `varde doctor` says whether the file of keys opens the confidential text that lies in the database.

use std::{fs, os::unix::fs::PermissionsExt as _};

use anyhow::Result;
use varde_persistence::Engine;
use varde_testkit::{binary::command, harness::Harness};

use super::p12_check_in::{both_give, opened, two};
use crate::both::on_both;

on_both! {
    the_doctor_misses_keys_that_opened_confidential_text
}

/// What the doctor says with a file of keys and its mode, or without one. The data's folder is called `/data` in it.
fn doctor(varde: &Harness, keys: Option<(&str, u32)>) -> Result<String> {
    let folder = tempfile::tempdir()?;
    if let Some((keys, mode)) = keys {
        let file = folder.path().join("confidential-keys");
        fs::write(&file, keys)?;
        fs::set_permissions(&file, fs::Permissions::from_mode(mode))?;
    }
    let mut doctor = command(folder.path(), ["doctor"])?;
    let output = doctor.env("VARDE_DATABASE_URL", &varde.database_url).output()?;
    Ok(String::from_utf8(output.stdout)?.replace(&folder.path().display().to_string(), "/data"))
}

async fn the_doctor_misses_keys_that_opened_confidential_text(engine: Engine) -> Result<()> {
    let own = "17".repeat(32);
    let other = "ab".repeat(8) + &"0123456789abcdef".repeat(3);
    let (varde, _, mails) = opened(engine).await?;
    let right = |told: &str| told.contains("ok     confidential keys: in /data/confidential-keys");
    let told = doctor(&varde, Some((&other, 0o600)))?;
    assert!(right(&told) && !told.contains("confidential texts"), "nothing is sealed yet: {told}");

    both_give(&varde, &two(&mails)?).await?;
    let told = doctor(&varde, Some((&format!("{other}\n{own}\n"), 0o600)))?;
    assert!(right(&told) && told.contains("ok     confidential texts: 18, each with its key"), "{told}");
    for (keys, file) in
        [(Some((other.as_str(), 0o600)), "ok     confidential keys"), (None, "note   confidential keys")]
    {
        let told = doctor(&varde, keys)?;
        assert!(told.contains(file), "{told}");
        assert!(told.contains("WRONG  confidential texts: nobody can read 18 of 18: "), "{told}");
        assert!(told.contains("-> put that key back from the backup of /data/confidential-keys"), "{told}");
    }
    for (keys, mode, wrong) in [
        (format!("{other}\n{own}"), 0o644, "others may read /data/confidential-keys"),
        (own.clone(), 0o600, "it repeats a few characters"),
        (format!("{other}\n{other}"), 0o600, "line 2 repeats a key"),
        (other[1..].to_owned(), 0o600, "line 1 is not a key of 64 hexadecimal digits"),
        ("kort".to_owned(), 0o600, "it is shorter than 32 characters"),
    ] {
        let told = doctor(&varde, Some((&keys, mode)))?;
        assert!(told.contains("WRONG  confidential keys: ") && told.contains(wrong), "{wrong}: {told}");
    }
    Ok(())
}
