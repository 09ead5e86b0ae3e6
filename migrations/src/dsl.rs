//! The few words that the migrations are written in.

use sea_orm_migration::prelude::*;

/// A table with its columns.
pub fn table<const N: usize>(name: &'static str, columns: [ColumnDef; N]) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(name);
    for column in columns {
        table.col(column);
    }
    table
}

/// A foreign key `column -> target(id)`; rows that are still referred to cannot be deleted.
pub fn refers(table: &'static str, column: &'static str, target: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk_{table}_{column}"))
        .from(table, column)
        .to(target, "id")
        .on_delete(ForeignKeyAction::Restrict)
        .to_owned()
}

/// An index named after its table and columns.
pub fn index<const N: usize>(table: &'static str, columns: [&'static str; N]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("ix_{table}_{}", columns.join("_"))).table(table);
    for column in columns {
        index.col(column);
    }
    index
}

/// A unique index named after its table and columns.
pub fn unique<const N: usize>(table: &'static str, columns: [&'static str; N]) -> IndexCreateStatement {
    let mut index = index(table, columns);
    index.name(format!("ux_{table}_{}", columns.join("_"))).unique();
    index
}

/// Creates a table with the foreign keys to the named tables (column, target), then its indexes.
///
/// # Errors
/// What the database says.
pub async fn create<const F: usize, const I: usize>(
    manager: &SchemaManager<'_>,
    name: &'static str,
    mut table: TableCreateStatement,
    foreign_keys: [(&'static str, &'static str); F],
    indexes: [IndexCreateStatement; I],
) -> Result<(), DbErr> {
    for (column, target) in foreign_keys {
        table.foreign_key(&mut refers(name, column, target));
    }
    manager.create_table(table).await?;
    for index in indexes {
        manager.create_index(index).await?;
    }
    Ok(())
}
