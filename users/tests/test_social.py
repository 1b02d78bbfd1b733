import pytest
from allauth.socialaccount.models import SocialAccount

PROVIDERS = ["google", "kakao", "naver"]


@pytest.fixture
def keys(settings):
    settings.SOCIALACCOUNT_PROVIDERS = {name: {"APPS": [{"client_id": "id", "secret": "s"}]} for name in PROVIDERS}


def test_without_keys_no_page_speaks_of_other_logins(logged_in, client):
    pages = ["/users/", "/accounts/3rdparty/"]
    for page in [logged_in.get(url).content.decode() for url in pages]:
        assert [name for name in PROVIDERS if f"/accounts/{name}/" in page] == []
        assert 'href="/accounts/3rdparty/"' not in page
    client.logout()
    for page in [client.get(url).content.decode() for url in ("/accounts/login/", "/accounts/signup/")]:
        assert [name for name in PROVIDERS if f"/accounts/{name}/" in page] == []


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("path", ["login/", "login/callback/"])
def test_without_keys_their_addresses_lead_nowhere(client, db, provider, path):
    assert client.get(f"/accounts/{provider}/{path}").status_code == 404
    assert client.post(f"/accounts/{provider}/{path}").status_code == 404


def test_with_keys_they_are_offered(english, keys, db):
    for url in ("/accounts/login/", "/accounts/signup/"):
        page = english.get(url, {"next": "/novels/"}).content.decode()
        assert [name for name in PROVIDERS if f'action="/accounts/{name}/login/?process=login' in page] == PROVIDERS
        assert page.count("next=%2Fnovels%2F") >= 3


@pytest.mark.parametrize(
    ("provider", "host"),
    [("google", "accounts.google.com"), ("kakao", "kauth.kakao.com"), ("naver", "nid.naver.com")],
)
def test_a_post_leads_to_the_service_and_a_get_asks_first(client, keys, db, provider, host):
    assert client.get(f"/accounts/{provider}/login/").status_code == 200
    assert client.post(f"/accounts/{provider}/login/")["Location"].startswith(f"https://{host}/")


def test_an_answer_nobody_asked_for_is_an_error_page(client, keys, db):
    for query in ("", "?code=x&state=y", "?error=access_denied", "?state=%00"):
        assert client.get(f"/accounts/google/login/callback/{query}").status_code in (200, 401)


def test_a_link_is_taken_away_by_its_reader_only(logged_in, keys, reader, stranger):
    own = SocialAccount.objects.create(user=reader, provider="kakao", uid="1")
    other = SocialAccount.objects.create(user=stranger, provider="kakao", uid="2")
    page = logged_in.get("/accounts/3rdparty/").content.decode()
    assert f'name="account" value="{own.pk}"' in page
    assert f'name="account" value="{other.pk}"' not in page
    assert logged_in.post("/accounts/3rdparty/", {"account": other.pk}).status_code == 200
    assert SocialAccount.objects.count() == 2
    assert logged_in.post("/accounts/3rdparty/", {"account": own.pk}).status_code == 302
    assert list(SocialAccount.objects.all()) == [other]


def test_a_link_outlives_the_keys_of_its_service(logged_in, reader):
    SocialAccount.objects.create(user=reader, provider="kakao", uid="1")
    page = logged_in.get("/accounts/3rdparty/")
    assert page.status_code == 200
    assert "Kakao" not in page.content.decode()


def test_the_only_way_in_is_not_taken_away(english, keys, reader):
    own = SocialAccount.objects.create(user=reader, provider="kakao", uid="1")
    reader.set_unusable_password()
    reader.save()
    english.force_login(reader)
    response = english.post("/accounts/3rdparty/", {"account": own.pk})
    assert "Your account has no password set up." in response.content.decode()
    assert SocialAccount.objects.count() == 1
