//! The user that the server runs as: PostgreSQL refuses to run as root.

use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

/// Another user to run as; `None` for the present one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Owner(Option<(u32, u32)>);

impl Owner {
    /// The present user, or `postgres` (else `nobody`) when that is root. `folder` is any folder just made by us:
    /// whoever owns it is who we are.
    pub(crate) fn for_folder(folder: &Path) -> Result<Self> {
        if folder.metadata()?.uid() != 0 {
            return Ok(Self(None));
        }
        let users = std::fs::read_to_string("/etc/passwd").context("reading /etc/passwd")?;
        let user = ["postgres", "nobody"].iter().find_map(|name| ids_of(name, &users));
        Ok(Self(Some(
            user.context(
                "running as root, and there is no user `postgres` or `nobody` to run the server as",
            )?,
        )))
    }

    /// Gives the folder to the user.
    pub(crate) fn give(self, folder: &Path) -> Result<()> {
        if let Some((user, group)) = self.0 {
            chown(folder, Some(user), Some(group))
                .with_context(|| format!("giving {} away", folder.display()))?;
        }
        Ok(())
    }

    /// A command run by the user.
    pub(crate) fn command(self, program: &Path) -> Command {
        let mut command = Command::new(program);
        if let Some((user, group)) = self.0 {
            command.uid(user).gid(group);
        }
        command
    }
}

fn ids_of(name: &str, passwd: &str) -> Option<(u32, u32)> {
    let line = passwd.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::ids_of;

    #[test]
    fn the_ids_of_a_user_stand_in_the_third_and_fourth_field() {
        let passwd =
            "root:x:0:0:root:/root:/bin/bash\npostgres:x:101:104:admin:/var/lib/postgresql:/bin/bash\n";
        assert_eq!(ids_of("postgres", passwd), Some((101, 104)));
        assert_eq!(ids_of("post", passwd), None);
    }
}
