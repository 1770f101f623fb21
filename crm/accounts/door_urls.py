from django.urls import path

from crm.accounts import door_views as views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/code/", views.second_step, name="second_step"),
    path("sign-in/passkey/", views.by_passkey, name="by_passkey"),
    path("sign-in/forgotten/", views.forgotten, name="forgotten"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("set-password/<str:uid>/<str:token>/", views.set_password, name="set_password"),
]
