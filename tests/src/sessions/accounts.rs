//! What an administrator does with accounts, and what one does with one's own.

use chrono::TimeDelta;
use secrecy::SecretString;
use varde_app::{
    Code, Error,
    access::Administrator,
    accounts::{self, NewAccount},
};
use varde_model::{ids::AccountId, roles::Role};

use super::house::{House, PASSWORD, code, on_both, without_password};

const EMAIL: &str = "kari@fjordheim.example";
const NEW_PASSWORD: &str = "en ny og lang setning";

on_both! {
    async fn an_address_serves_one_account_in_all_organisations(house) {
        house.account(EMAIL, &[]).await;
        for org in [house.org, house.other_org] {
            let again = without_password("KARI@fjordheim.example", &[]);
            assert_eq!(code(accounts::create_account(&house.ctx(), &Administrator::system(org), again).await), Code::Taken);
        }
    }

    async fn every_fault_of_a_new_account_is_named(house) {
        let new = NewAccount {
            display_name: " ".to_owned(),
            password: Some(SecretString::from("short")),
            ..without_password("not an address", &[Role::Leader])
        };
        let refused = accounts::create_account(&house.ctx(), &house.right(), new).await.unwrap_err();
        let codes: Vec<Code> = refused.refusals().iter().map(|refusal| refusal.code).collect();
        assert_eq!(codes, [Code::EmailInvalid, Code::Required, Code::RoleNotGranted, Code::WeakPassword]);
    }

    async fn a_link_chooses_the_first_password_once(house) {
        let new = without_password(EMAIL, &[Role::Coordinator]);
        let created = accounts::create_account(&house.ctx(), &house.right(), new).await.unwrap();
        let link = created.password_link.unwrap();
        assert_eq!(accounts::account_of_password_link(&house.ctx(), &link.token).await.unwrap().id, created.account.id);
        let choose = async |token: &str, password: &str| {
            accounts::choose_password(&house.ctx(), token, SecretString::from(password)).await
        };
        assert_eq!(code(choose(&link.token, "short").await), Code::WeakPassword);
        assert_eq!(code(choose(&link.token, EMAIL).await), Code::WeakPassword);
        assert_eq!(code(choose(&format!("B{}", &link.token[1..]), PASSWORD).await), Code::LinkSpent);
        assert!(choose(&link.token, PASSWORD).await.unwrap().has_password);
        house.sign_in(EMAIL).await;
        assert_eq!(code(choose(&link.token, NEW_PASSWORD).await), Code::LinkSpent);
        house.sign_in(EMAIL).await;
    }

    async fn a_password_link_ends_with_its_time_and_with_the_next_one(house) {
        let account = house.account(EMAIL, &[]).await;
        let tokens = house.sign_in(EMAIL).await;
        let make = async || accounts::create_password_link(&house.ctx(), &house.right(), account.id).await.unwrap();
        let choose = async |token: &str| {
            accounts::choose_password(&house.ctx(), token, SecretString::from(NEW_PASSWORD)).await
        };
        let first = make().await;
        let second = make().await;
        assert_eq!(code(choose(&first.token).await), Code::LinkSpent);
        house.wait(TimeDelta::hours(72));
        assert_eq!(code(choose(&second.token).await), Code::LinkSpent);
        let third = make().await;
        choose(&third.token).await.unwrap();
        assert_eq!(code(house.try_password(EMAIL, PASSWORD).await), Code::SignInFailed);
        house.try_password(EMAIL, NEW_PASSWORD).await.unwrap();
        assert!(!house.is_in(&tokens).await);
    }

    async fn changing_the_own_password_ends_every_other_session(house) {
        house.account(EMAIL, &[]).await;
        let (here, elsewhere) = (house.sign_in(EMAIL).await, house.sign_in(EMAIL).await);
        let viewer = house.who(&here.access_token).await.unwrap().viewer;
        let change = async |old: &str, new: &str| {
            accounts::change_password(&house.ctx(), &viewer, old.into(), new.into(), None).await
        };
        assert_eq!(code(change(PASSWORD, "short").await), Code::WeakPassword);
        assert_eq!(code(change("not the one", NEW_PASSWORD).await), Code::WrongPassword);
        change(PASSWORD, NEW_PASSWORD).await.unwrap();
        assert!(house.is_in(&here).await);
        assert!(!house.is_in(&elsewhere).await);
        assert_eq!(code(house.try_password(EMAIL, PASSWORD).await), Code::SignInFailed);
        house.try_password(EMAIL, NEW_PASSWORD).await.unwrap();
        for _ in 0..5 {
            assert_eq!(code(change("not the one", PASSWORD).await), Code::WrongPassword);
        }
        assert_eq!(code(change(NEW_PASSWORD, PASSWORD).await), Code::RateLimited);
    }

    async fn a_closed_account_is_out_at_once_and_its_old_sessions_stay_ended(house) {
        let account = house.account(EMAIL, &[]).await;
        let tokens = house.sign_in(EMAIL).await;
        assert!(house.is_in(&tokens).await);
        accounts::disable_account(&house.ctx(), &house.right(), account.id).await.unwrap();
        assert!(!house.is_in(&tokens).await);
        accounts::enable_account(&house.ctx(), &house.right(), account.id).await.unwrap();
        assert!(!house.is_in(&tokens).await);
        house.sign_in(EMAIL).await;
    }

    async fn a_role_is_felt_at_once_and_ends_with_its_time(house) {
        let account = house.account(EMAIL, &[]).await;
        let tokens = house.sign_in(EMAIL).await;
        let roles = async || house.who(&tokens.access_token).await.unwrap().viewer.roles;
        assert!(roles().await.is_empty());
        let until = Some(house.now() + TimeDelta::minutes(10));
        accounts::grant_role(&house.ctx(), &house.right(), account.id, Role::Coordinator, until).await.unwrap();
        assert_eq!(roles().await, [Role::Coordinator]);
        house.wait(TimeDelta::minutes(10));
        assert!(roles().await.is_empty());
        let granted = accounts::grant_role(&house.ctx(), &house.right(), account.id, Role::Administrator, None).await;
        assert_eq!(granted.unwrap().roles, [Role::Administrator]);
        assert_eq!(roles().await, [Role::Administrator]);
        accounts::revoke_role(&house.ctx(), &house.right(), account.id, Role::Administrator).await.unwrap();
        assert!(roles().await.is_empty());
        let leader = accounts::grant_role(&house.ctx(), &house.right(), account.id, Role::Leader, None).await;
        assert_eq!(code(leader), Code::RoleNotGranted);
    }

    async fn the_last_administrator_stays(house) {
        let all = accounts::list_accounts(&house.ctx(), &house.right(), None, 10).await.unwrap();
        let only = all[0].account.id;
        let (ctx, right) = (house.ctx(), house.right());
        assert_eq!(code(accounts::revoke_role(&ctx, &right, only, Role::Administrator).await), Code::LastAdministrator);
        assert_eq!(code(accounts::disable_account(&ctx, &right, only).await), Code::LastAdministrator);
        let until = Some(house.now() + TimeDelta::days(1));
        let limited = accounts::grant_role(&ctx, &right, only, Role::Administrator, until).await;
        assert_eq!(code(limited), Code::LastAdministrator);

        // A closed administrator does not count.
        let second = house.account(EMAIL, &[Role::Administrator]).await;
        accounts::disable_account(&ctx, &right, second.id).await.unwrap();
        assert_eq!(code(accounts::disable_account(&ctx, &right, only).await), Code::LastAdministrator);
        accounts::enable_account(&ctx, &right, second.id).await.unwrap();
        accounts::revoke_role(&ctx, &right, only, Role::Administrator).await.unwrap();
    }

    async fn two_administrators_who_take_each_others_role_at_once_leave_one(house) {
        let first = accounts::list_accounts(&house.ctx(), &house.right(), None, 1).await.unwrap()[0].account.id;
        let second = house.account(EMAIL, &[Role::Administrator]).await.id;
        let mut tries = tokio::task::JoinSet::new();
        for target in [first, second] {
            let (ctx, right) = (house.ctx(), house.right());
            tries.spawn(async move { accounts::revoke_role(&ctx, &right, target, Role::Administrator).await });
        }
        let outcomes = tries.join_all().await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    }

    async fn accounts_are_listed_page_by_page_with_their_roles(house) {
        for number in 0..5 {
            house.wait(TimeDelta::seconds(1));
            house.account(&format!("c{number}@fjordheim.example"), &[Role::Coordinator]).await;
        }
        let mut seen: Vec<(String, usize)> = Vec::new();
        let mut after: Option<AccountId> = None;
        loop {
            let page = accounts::list_accounts(&house.ctx(), &house.right(), after, 2).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some(last.account.id);
            assert!(page.len() <= 2);
            seen.extend(page.into_iter().map(|row| (row.account.email, row.roles.len())));
        }
        let names: Vec<&str> = seen.iter().map(|(email, _)| email.split('@').next().unwrap()).collect();
        assert_eq!(names, ["admin", "c0", "c1", "c2", "c3", "c4"]);
        assert!(seen.iter().all(|(_, roles)| *roles == 1));
        assert_eq!(accounts::count_accounts(&house.ctx(), &house.right()).await.unwrap(), 6);
    }

    async fn another_organisations_accounts_do_not_exist(house) {
        let theirs = house.account_of(house.other_org, "ola@skogheim.example", &[]).await.id;
        let (ctx, right) = (house.ctx(), house.right());
        assert_eq!(code(accounts::disable_account(&ctx, &right, theirs).await), Code::NotFound);
        assert_eq!(code(accounts::enable_account(&ctx, &right, theirs).await), Code::NotFound);
        assert_eq!(code(accounts::grant_role(&ctx, &right, theirs, Role::Administrator, None).await), Code::NotFound);
        assert_eq!(code(accounts::revoke_role(&ctx, &right, theirs, Role::Administrator).await), Code::NotFound);
        assert_eq!(code(accounts::create_password_link(&ctx, &right, theirs).await), Code::NotFound);
        let listed = accounts::list_accounts(&ctx, &right, None, 100).await.unwrap();
        assert!(listed.iter().all(|row| row.account.organisation == house.org));
    }

    async fn a_program_has_no_password_to_change(house) {
        let account = house.account(EMAIL, &[Role::Administrator]).await;
        let tokens = house.sign_in(EMAIL).await;
        let mut viewer = house.who(&tokens.access_token).await.unwrap().viewer;
        viewer.session = None;
        let changed =
            accounts::change_password(&house.ctx(), &viewer, PASSWORD.into(), NEW_PASSWORD.into(), None).await;
        assert!(matches!(changed, Err(Error::Denied)), "{changed:?} {}", account.id);
    }
}
