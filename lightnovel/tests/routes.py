"""Who gets what: address | by GET | by POST (with nothing in it).

Five words a column: nobody, another reader, an operator who lacks the second step that is demanded, an operator, the
owner. One word stands for all five; under /admin/ for the operator, where the others are sent away as always.
A number is a status; login: to the login; keepers: to the admin's door; set-up: to where a second step is set up;
confirm: to say the password once more; →: elsewhere, N being any number.
"""

TABLE = r"""
/                                                                    | 200                                           | 405
/accounts/2fa/                                                       | login 200 200 200 200                         | login 405 405 405 405
/accounts/2fa/authenticate/                                          | login →/ →/ →/ →/                             | login →/ →/ →/ →/
/accounts/2fa/reauthenticate/                                        | login confirm confirm 200 confirm             | login confirm confirm 200 confirm
/accounts/2fa/recovery-codes/                                        | login 404 404 404 404                         | login 405 405 405 405
/accounts/2fa/recovery-codes/download/                               | login 404 404 404 404                         | login 404 404 404 404
/accounts/2fa/recovery-codes/generate/                               | login confirm confirm confirm confirm         | login confirm confirm confirm confirm
/accounts/2fa/totp/activate/                                         | login confirm confirm confirm confirm         | login confirm confirm confirm confirm
/accounts/2fa/totp/deactivate/                                       | login 404 404 confirm 404                     | login 404 404 confirm 404
/accounts/2fa/webauthn/                                              | login 200 200 200 200                         | login 405 405 405 405
/accounts/2fa/webauthn/add/                                          | login confirm confirm confirm confirm         | login confirm confirm confirm confirm
/accounts/2fa/webauthn/keys/<int:pk>/edit/                           | login confirm confirm confirm confirm         | login confirm confirm confirm confirm
/accounts/2fa/webauthn/keys/<int:pk>/remove/                         | login confirm confirm confirm confirm         | login confirm confirm confirm confirm
/accounts/2fa/webauthn/login/                                        | login →/ →/ →/ →/                             | login →/ →/ →/ →/
/accounts/2fa/webauthn/reauthenticate/                               | login confirm confirm confirm confirm         | login confirm confirm confirm confirm
/accounts/3rdparty/                                                  | login 200 200 200 200                         | login 200 200 200 200
/accounts/3rdparty/login/cancelled/                                  | 200                                           | 405
/accounts/3rdparty/login/error/                                      | 401                                           | 405
/accounts/3rdparty/signup/                                           | login                                         | login
/accounts/^confirm-email/(?P<key>[-:\w]+)/$                          | 200                                           | 404
/accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$ | 200                                           | 200
/accounts/confirm-email/                                             | 200                                           | 405
/accounts/email/                                                     | login 200 200 200 200                         | login →/accounts/email/ →/accounts/email/ →/accounts/email/ →/accounts/email/
/accounts/google/login/                                              | 404                                           | 404
/accounts/google/login/callback/                                     | 404                                           | 404
/accounts/google/login/token/                                        | 404                                           | 404
/accounts/inactive/                                                  | 200                                           | 405
/accounts/kakao/login/                                               | 404                                           | 404
/accounts/kakao/login/callback/                                      | 404                                           | 404
/accounts/login/                                                     | 200 →/ →/ →/ →/                               | 200 →/ →/ →/ →/
/accounts/login/code/confirm/                                        | login →/ →/ →/ →/                             | login →/ →/ →/ →/
/accounts/logout/                                                    | →/ 200 200 200 200                            | →/
/accounts/naver/login/                                               | 404                                           | 404
/accounts/naver/login/callback/                                      | 404                                           | 404
/accounts/password/change/                                           | login 200 200 200 200                         | login 200 200 200 200
/accounts/password/reset/                                            | 200                                           | 200
/accounts/password/reset/done/                                       | 200                                           | 405
/accounts/password/reset/key/done/                                   | 200                                           | 405
/accounts/password/set/                                              | login →/accounts/password/change/ →/accounts/password/change/ →/accounts/password/change/ →/accounts/password/change/ | login →/accounts/password/change/ →/accounts/password/change/ →/accounts/password/change/ →/accounts/password/change/
/accounts/reauthenticate/                                            | login 200 200 200 200                         | login 200 200 200 200
/accounts/sessions/                                                  | login 200 200 200 200                         | login →/accounts/sessions/ →/accounts/sessions/ →/accounts/sessions/ →/accounts/sessions/
/accounts/signup/                                                    | 200 →/ →/ →/ →/                               | 200 →/ →/ →/ →/
/accounts/social/connections/                                        | 301                                           | 301
/accounts/social/login/cancelled/                                    | 301                                           | 301
/accounts/social/login/error/                                        | 301                                           | 301
/accounts/social/signup/                                             | 301                                           | 301
/admin/                                                              | 200                                           | 200
/admin/(?P<url>.*)$                                                  | 404                                           | 404
/admin/^<app_label>/$                                                | 200                                           | 200
/admin/account/emailaddress/                                         | 200                                           | 200
/admin/account/emailaddress/<path:object_id>/                        | →/admin/account/emailaddress/N/change/        | →/admin/account/emailaddress/N/change/
/admin/account/emailaddress/<path:object_id>/change/                 | →/admin/                                      | →/admin/
/admin/account/emailaddress/<path:object_id>/delete/                 | →/admin/                                      | →/admin/
/admin/account/emailaddress/<path:object_id>/history/                | →/admin/                                      | →/admin/
/admin/account/emailaddress/add/                                     | 200                                           | 200
/admin/auth/group/                                                   | 200                                           | 200
/admin/auth/group/<path:object_id>/                                  | →/admin/auth/group/N/change/                  | →/admin/auth/group/N/change/
/admin/auth/group/<path:object_id>/change/                           | →/admin/                                      | →/admin/
/admin/auth/group/<path:object_id>/delete/                           | →/admin/                                      | →/admin/
/admin/auth/group/<path:object_id>/history/                          | →/admin/                                      | →/admin/
/admin/auth/group/add/                                               | 200                                           | 200
/admin/autocomplete/                                                 | 403                                           | 405
/admin/catalogue/draft/                                              | 200                                           | 200
/admin/catalogue/draft/<path:object_id>/                             | →/admin/catalogue/draft/N/change/             | →/admin/catalogue/draft/N/change/
/admin/catalogue/draft/<path:object_id>/change/                      | →/admin/                                      | 403
/admin/catalogue/draft/<path:object_id>/delete/                      | →/admin/                                      | →/admin/
/admin/catalogue/draft/<path:object_id>/history/                     | →/admin/                                      | →/admin/
/admin/catalogue/draft/add/                                          | 403                                           | 403
/admin/catalogue/gap/                                                | 200                                           | 200
/admin/catalogue/gap/<path:object_id>/                               | →/admin/catalogue/gap/N/change/               | →/admin/catalogue/gap/N/change/
/admin/catalogue/gap/<path:object_id>/change/                        | →/admin/                                      | →/admin/
/admin/catalogue/gap/<path:object_id>/delete/                        | →/admin/                                      | →/admin/
/admin/catalogue/gap/<path:object_id>/history/                       | →/admin/                                      | →/admin/
/admin/catalogue/gap/add/                                            | 403                                           | 403
/admin/catalogue/import/                                             | 200                                           | 200
/admin/catalogue/import/<path:object_id>/                            | →/admin/catalogue/import/N/change/            | →/admin/catalogue/import/N/change/
/admin/catalogue/import/<path:object_id>/change/                     | →/admin/                                      | 403
/admin/catalogue/import/<path:object_id>/delete/                     | 403                                           | 403
/admin/catalogue/import/<path:object_id>/history/                    | →/admin/                                      | →/admin/
/admin/catalogue/import/add/                                         | 403                                           | 403
/admin/catalogue/importedwork/                                       | 200                                           | 200
/admin/catalogue/importedwork/<path:object_id>/                      | →/admin/catalogue/importedwork/N/change/      | →/admin/catalogue/importedwork/N/change/
/admin/catalogue/importedwork/<path:object_id>/change/               | →/admin/                                      | 403
/admin/catalogue/importedwork/<path:object_id>/delete/               | 403                                           | 403
/admin/catalogue/importedwork/<path:object_id>/history/              | →/admin/                                      | →/admin/
/admin/catalogue/importedwork/add/                                   | 403                                           | 403
/admin/catalogue/novel/                                              | 200                                           | 200
/admin/catalogue/novel/<path:object_id>/                             | →/admin/catalogue/novel/N/change/             | →/admin/catalogue/novel/N/change/
/admin/catalogue/novel/<path:object_id>/change/                      | 200                                           | 200
/admin/catalogue/novel/<path:object_id>/delete/                      | 200                                           | 200
/admin/catalogue/novel/<path:object_id>/history/                     | 200                                           | 200
/admin/catalogue/novel/add/                                          | 200                                           | 200
/admin/catalogue/tag/                                                | 200                                           | 200
/admin/catalogue/tag/<path:object_id>/                               | →/admin/catalogue/tag/N/change/               | →/admin/catalogue/tag/N/change/
/admin/catalogue/tag/<path:object_id>/change/                        | →/admin/                                      | →/admin/
/admin/catalogue/tag/<path:object_id>/delete/                        | →/admin/                                      | →/admin/
/admin/catalogue/tag/<path:object_id>/history/                       | →/admin/                                      | →/admin/
/admin/catalogue/tag/add/                                            | 200                                           | 200
/admin/chatbot/conversation/                                         | 200                                           | 200
/admin/chatbot/conversation/<path:object_id>/                        | →/admin/chatbot/conversation/N/change/        | →/admin/chatbot/conversation/N/change/
/admin/chatbot/conversation/<path:object_id>/change/                 | 200                                           | 405
/admin/chatbot/conversation/<path:object_id>/delete/                 | 200                                           | 200
/admin/chatbot/conversation/<path:object_id>/history/                | 200                                           | 200
/admin/chatbot/conversation/add/                                     | 403                                           | 403
/admin/chatbot/turn/                                                 | 200                                           | 200
/admin/chatbot/turn/<path:object_id>/                                | →/admin/chatbot/turn/N/change/                | →/admin/chatbot/turn/N/change/
/admin/chatbot/turn/<path:object_id>/change/                         | →/admin/chatbot/conversation/N/change/        | →/admin/chatbot/conversation/N/change/
/admin/chatbot/turn/<path:object_id>/delete/                         | 200                                           | 200
/admin/chatbot/turn/<path:object_id>/history/                        | 200                                           | 200
/admin/chatbot/turn/add/                                             | 403                                           | 403
/admin/jsi18n/                                                       | 200                                           | 405
/admin/latency/                                                      | 200                                           | 200
/admin/login/                                                        | login 403 →/admin/ →/admin/ 403               | login 403 →/admin/ →/admin/ 403
/admin/logout/                                                       | →/admin/ →/admin/ 405 405 →/admin/            | →/admin/ →/admin/ 200 200 →/admin/
/admin/mfa/authenticator/                                            | 200                                           | 200
/admin/mfa/authenticator/<path:object_id>/                           | →/admin/mfa/authenticator/N/change/           | →/admin/mfa/authenticator/N/change/
/admin/mfa/authenticator/<path:object_id>/change/                    | →/admin/                                      | 403
/admin/mfa/authenticator/<path:object_id>/delete/                    | →/admin/                                      | →/admin/
/admin/mfa/authenticator/<path:object_id>/history/                   | →/admin/                                      | →/admin/
/admin/mfa/authenticator/add/                                        | 403                                           | 403
/admin/password_change/                                              | →/accounts/password/change/                   | →/accounts/password/change/
/admin/password_change/done/                                         | 200                                           | 405
/admin/r/<path:content_type_id>/<path:object_id>/                    | 404                                           | 404
/admin/socialaccount/socialaccount/                                  | 200                                           | 200
/admin/socialaccount/socialaccount/<path:object_id>/                 | →/admin/socialaccount/socialaccount/N/change/ | →/admin/socialaccount/socialaccount/N/change/
/admin/socialaccount/socialaccount/<path:object_id>/change/          | →/admin/                                      | →/admin/
/admin/socialaccount/socialaccount/<path:object_id>/delete/          | →/admin/                                      | →/admin/
/admin/socialaccount/socialaccount/<path:object_id>/history/         | →/admin/                                      | →/admin/
/admin/socialaccount/socialaccount/add/                              | 200                                           | 200
/admin/users/user/                                                   | 200                                           | 200
/admin/users/user/<id>/password/                                     | 200                                           | 200
/admin/users/user/<path:object_id>/                                  | →/admin/users/user/N/change/                  | →/admin/users/user/N/change/
/admin/users/user/<path:object_id>/change/                           | 200                                           | 200
/admin/users/user/<path:object_id>/delete/                           | 200                                           | 200
/admin/users/user/<path:object_id>/history/                          | 200                                           | 200
/admin/users/user/add/                                               | 200                                           | 200
/admin/usersessions/usersession/                                     | 200                                           | 200
/admin/usersessions/usersession/<path:object_id>/                    | →/admin/usersessions/usersession/N/change/    | →/admin/usersessions/usersession/N/change/
/admin/usersessions/usersession/<path:object_id>/change/             | →/admin/                                      | 403
/admin/usersessions/usersession/<path:object_id>/delete/             | →/admin/                                      | →/admin/
/admin/usersessions/usersession/<path:object_id>/history/            | →/admin/                                      | →/admin/
/admin/usersessions/usersession/add/                                 | 403                                           | 403
/conversations/                                                      | login 405 405 405 405                         | login 422 422 422 422
/conversations/<int:pk>/                                             | login 404 404 404 200                         | login 405 405 405 405
/conversations/<int:pk>/ask/                                         | login 405 405 405 405                         | login 404 404 404 422
/conversations/<int:pk>/delete/                                      | login 405 405 405 405                         | login 404 404 404 →/
/conversations/<int:pk>/rename/                                      | login 404 404 404 200                         | login 404 404 404 422
/conversations/<int:pk>/restore/                                     | login 405 405 405 405                         | login 404 404 404 →/conversations/N/
/healthz                                                             | 503                                           | 405
/i18n/setlang/                                                       | →/                                            | →/
/novels/                                                             | 200                                           | 405
/novels/<slug:slug>/                                                 | 200                                           | 405
/novels/<slug:slug>/cover.svg                                        | 200                                           | 405
/robots.txt                                                          | 200                                           | 405
/theme/                                                              | 405                                           | →/
/turns/<int:pk>/                                                     | login 404 404 404 →/conversations/N/          | login 405 405 405 405
/turns/<int:pk>/edit/                                                | login 404 404 404 200                         | login 404 404 404 422
/turns/<int:pk>/more/                                                | login 405 405 405 405                         | login 404 404 404 404
/turns/<int:pk>/retry/                                               | login 405 405 405 405                         | login 404 404 404 →/conversations/N/
/turns/<int:pk>/stop/                                                | login 405 405 405 405                         | login 404 404 404 →/conversations/N/
/turns/<int:pk>/without/                                             | login 405 405 405 405                         | login 404 404 404 404
/users/                                                              | login 200 200 200 200                         | login 422 422 422 422
/users/delete/                                                       | login 200 200 200 200                         | login 422 422 422 422
/users/shelf/                                                        | login 200 200 200 200                         | login 405 405 405 405
/users/shelf/<slug:slug>/                                            | login 405 405 405 405                         | login →/novels/lamplight/ →/novels/lamplight/ →/novels/lamplight/ →/novels/lamplight/
/users/taste/                                                        | login 200 200 200 200                         | login 405 405 405 405
/users/taste/<int:pk>/                                               | login 405 405 405 405                         | login 404 404 404 →/users/taste/
/users/taste/add/                                                    | login 405 405 405 405                         | login →/users/taste/ →/users/taste/ →/users/taste/ →/users/taste/
/users/taste/pause/                                                  | login 405 405 405 405                         | login →/users/taste/ →/users/taste/ →/users/taste/ →/users/taste/
"""
