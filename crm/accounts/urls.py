from django.urls import path

from crm.accounts import account_views, factor_views

app_name = "accounts"
urlpatterns = [
    path("", account_views.page, name="page"),
    path("name/", account_views.profile, name="profile"),
    path("password/", account_views.password, name="password"),
    path("e-mail/", account_views.new_address, name="new_address"),
    path("e-mail/keep/", account_views.keep_address, name="keep_address"),
    path("e-mail/<str:token>/", account_views.address, name="address"),
    path("sessions/end/", account_views.end_others, name="end_others"),
    path("sessions/<int:session_id>/end/", account_views.end_session, name="end_session"),
    path("confirm/", account_views.confirm, name="confirm"),
    path("second-factor/", factor_views.choose, name="second_factor"),
    path("second-factor/app/", factor_views.app, name="app"),
    path("second-factor/app/remove/", factor_views.remove_app, name="remove_app"),
    path("second-factor/passkey/", factor_views.passkey, name="passkey"),
    path(
        "second-factor/passkey/<int:passkey_id>/remove/",
        factor_views.remove_passkey,
        name="remove_passkey",
    ),
    path("second-factor/codes/", factor_views.codes, name="codes"),
]
