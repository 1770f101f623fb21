from django.urls import path

from crm.tenants import views

app_name = "tenants"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("set-password/<str:uid>/<str:token>/", views.set_password, name="set_password"),
]
