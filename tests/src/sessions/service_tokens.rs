//! Tokens of programs.

use chrono::TimeDelta;
use varde_app::{
    Code, Error,
    access::Administrator,
    accounts::{self, IssuedServiceToken, NewServiceToken},
};
use varde_model::{ids::AccountId, roles::Role};

use super::house::{House, code, on_both};

const EMAIL: &str = "kari@fjordheim.example";

fn new(house: &House, owner: AccountId) -> NewServiceToken {
    NewServiceToken {
        name: "Power BI".to_owned(),
        roles: vec![Role::Coordinator],
        expires_at: house.now() + TimeDelta::days(90),
        owner,
    }
}

async fn issue(house: &House, owner: AccountId) -> IssuedServiceToken {
    accounts::create_service_token(&house.ctx(), &house.right(), new(house, owner)).await.unwrap()
}

async fn serves(house: &House, token: &IssuedServiceToken) -> bool {
    match house.who(&token.token).await {
        Ok(_) => true,
        Err(Error::Unauthenticated) => false,
        Err(other) => panic!("{other}"),
    }
}

on_both! {
    async fn a_service_token_acts_with_its_roles_and_is_never_shown_again(house) {
        let owner = house.account(EMAIL, &[Role::Administrator]).await;
        let issued = issue(&house, owner.id).await;
        let who = house.who(&issued.token).await.unwrap();
        assert_eq!(who.viewer.organisation, house.org);
        assert_eq!(who.viewer.roles, [Role::Coordinator]);
        assert_eq!((who.viewer.session, who.service_token), (None, Some(issued.kept.id)));
        assert!(matches!(who.viewer.administrator(), Err(Error::Denied)));
        let listed = accounts::list_service_tokens(&house.ctx(), &house.right(), None, 10).await.unwrap();
        assert_eq!(listed[0].last_used_on, Some(house.now().date_naive()));
        assert!(!format!("{issued:?}{listed:?}").contains(&issued.token));
        let foreign = Administrator::system(house.other_org);
        assert!(accounts::list_service_tokens(&house.ctx(), &foreign, None, 10).await.unwrap().is_empty());
    }

    async fn a_service_token_ends_when_revoked_when_its_time_comes_and_with_its_owners_office(house) {
        let owner = house.account(EMAIL, &[Role::Administrator]).await;
        let (ctx, right) = (house.ctx(), house.right());
        let issued = issue(&house, owner.id).await;
        assert!(serves(&house, &issued).await);

        accounts::revoke_role(&ctx, &right, owner.id, Role::Administrator).await.unwrap();
        assert!(!serves(&house, &issued).await);
        accounts::grant_role(&ctx, &right, owner.id, Role::Administrator, None).await.unwrap();
        assert!(serves(&house, &issued).await);
        accounts::disable_account(&ctx, &right, owner.id).await.unwrap();
        assert!(!serves(&house, &issued).await);
        accounts::enable_account(&ctx, &right, owner.id).await.unwrap();

        let foreign = Administrator::system(house.other_org);
        assert_eq!(code(accounts::revoke_service_token(&ctx, &foreign, issued.kept.id).await), Code::NotFound);
        assert!(serves(&house, &issued).await);
        accounts::revoke_service_token(&ctx, &right, issued.kept.id).await.unwrap();
        assert!(!serves(&house, &issued).await);

        let timed = NewServiceToken { name: "Nattjobb".to_owned(), ..new(&house, owner.id) };
        let timed = accounts::create_service_token(&ctx, &right, timed).await.unwrap();
        house.wait(TimeDelta::days(90) - TimeDelta::seconds(1));
        assert!(serves(&house, &timed).await);
        house.wait(TimeDelta::seconds(1));
        assert!(!serves(&house, &timed).await);
    }

    async fn a_service_token_needs_a_name_a_role_an_end_and_an_administrator(house) {
        let owner = house.account(EMAIL, &[Role::Administrator]).await;
        let helper = house.account("ola@fjordheim.example", &[Role::Coordinator]).await;
        issue(&house, owner.id).await;
        let good = || NewServiceToken { name: "Nattjobb".to_owned(), ..new(&house, owner.id) };
        for (faulty, expected) in [
            (new(&house, owner.id), Code::Taken),
            (NewServiceToken { name: " ".to_owned(), ..good() }, Code::Required),
            (NewServiceToken { name: "a\0b".to_owned(), ..good() }, Code::Invalid),
            (NewServiceToken { roles: vec![], ..good() }, Code::Required),
            (NewServiceToken { roles: vec![Role::Mentor], ..good() }, Code::RoleNotGranted),
            (NewServiceToken { expires_at: house.now(), ..good() }, Code::OutOfRange),
            (NewServiceToken { expires_at: house.now() + TimeDelta::days(401), ..good() }, Code::OutOfRange),
            (NewServiceToken { owner: helper.id, ..good() }, Code::NotFound),
        ] {
            let refused = accounts::create_service_token(&house.ctx(), &house.right(), faulty.clone()).await;
            assert_eq!(code(refused), expected, "{faulty:?}");
        }
    }
}
