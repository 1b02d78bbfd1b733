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
/admin/catalogue/change/                                             | 200                                           | 200
/admin/catalogue/change/<path:object_id>/                            | →/admin/catalogue/change/N/change/            | →/admin/catalogue/change/N/change/
/admin/catalogue/change/<path:object_id>/change/                     | →/admin/                                      | 403
/admin/catalogue/change/<path:object_id>/delete/                     | 403                                           | 403
/admin/catalogue/change/<path:object_id>/history/                    | →/admin/                                      | →/admin/
/admin/catalogue/change/add/                                         | 403                                           | 403
/admin/catalogue/draft/                                              | 200                                           | 200
/admin/catalogue/draft/<path:object_id>/                             | →/admin/catalogue/draft/N/change/             | →/admin/catalogue/draft/N/change/
/admin/catalogue/draft/<path:object_id>/change/                      | →/admin/                                      | 403
/admin/catalogue/draft/<path:object_id>/delete/                      | →/admin/                                      | →/admin/
/admin/catalogue/draft/<path:object_id>/history/                     | →/admin/                                      | →/admin/
/admin/catalogue/draft/add/                                          | 403                                           | 403
/admin/catalogue/factmark/                                           | 200                                           | 200
/admin/catalogue/factmark/<int:pk>/close/                            | 404                                           | 404
/admin/catalogue/factmark/<path:object_id>/                          | →/admin/catalogue/factmark/N/change/          | →/admin/catalogue/factmark/N/change/
/admin/catalogue/factmark/<path:object_id>/change/                   | 404                                           | 404
/admin/catalogue/factmark/<path:object_id>/delete/                   | 403                                           | 403
/admin/catalogue/factmark/<path:object_id>/history/                  | →/admin/                                      | →/admin/
/admin/catalogue/factmark/add/                                       | 403                                           | 403
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
/admin/catalogue/novel/<int:pk>/checks/                              | 405                                           | 200
/admin/catalogue/novel/<int:pk>/history/<int:change>/restore/        | 404                                           | 404
/admin/catalogue/novel/<path:object_id>/                             | →/admin/catalogue/novel/N/change/             | →/admin/catalogue/novel/N/change/
/admin/catalogue/novel/<path:object_id>/change/                      | 200                                           | 200
/admin/catalogue/novel/<path:object_id>/delete/                      | 200                                           | 200
/admin/catalogue/novel/<path:object_id>/history/                     | 200                                           | 200
/admin/catalogue/novel/add/                                          | 200                                           | 200
/admin/catalogue/novel/checks/                                       | 405                                           | 200
/admin/catalogue/tag/                                                | 200                                           | 200
/admin/catalogue/tag/<path:object_id>/                               | →/admin/catalogue/tag/N/change/               | →/admin/catalogue/tag/N/change/
/admin/catalogue/tag/<path:object_id>/change/                        | →/admin/                                      | →/admin/
/admin/catalogue/tag/<path:object_id>/delete/                        | →/admin/                                      | →/admin/
/admin/catalogue/tag/<path:object_id>/history/                       | →/admin/                                      | →/admin/
/admin/catalogue/tag/add/                                            | 200                                           | 200
/admin/catalogue/upload/                                             | 200                                           | 200
/admin/catalogue/upload/<int:pk>/step/<slug:step>/                   | 404                                           | 404
/admin/catalogue/upload/<path:object_id>/                            | →/admin/catalogue/upload/N/change/            | →/admin/catalogue/upload/N/change/
/admin/catalogue/upload/<path:object_id>/change/                     | 404                                           | 404
/admin/catalogue/upload/<path:object_id>/delete/                     | 403                                           | 403
/admin/catalogue/upload/<path:object_id>/history/                    | →/admin/                                      | →/admin/
/admin/catalogue/upload/add/                                         | 200                                           | 422
/admin/catalogue/volume/                                             | 200                                           | 200
/admin/catalogue/volume/<path:object_id>/                            | →/admin/catalogue/volume/N/change/            | →/admin/catalogue/volume/N/change/
/admin/catalogue/volume/<path:object_id>/change/                     | →/admin/                                      | →/admin/
/admin/catalogue/volume/<path:object_id>/delete/                     | →/admin/                                      | →/admin/
/admin/catalogue/volume/<path:object_id>/history/                    | →/admin/                                      | →/admin/
/admin/catalogue/volume/add/                                         | 200                                           | 200
/admin/chatbot/alert/                                                | 200                                           | 200
/admin/chatbot/alert/<path:object_id>/                               | →/admin/chatbot/alert/N/change/               | →/admin/chatbot/alert/N/change/
/admin/chatbot/alert/<path:object_id>/change/                        | →/admin/                                      | 403
/admin/chatbot/alert/<path:object_id>/delete/                        | →/admin/                                      | →/admin/
/admin/chatbot/alert/<path:object_id>/history/                       | →/admin/                                      | →/admin/
/admin/chatbot/alert/add/                                            | 403                                           | 403
/admin/chatbot/alertrule/                                            | 200                                           | 200
/admin/chatbot/alertrule/<path:object_id>/                           | →/admin/chatbot/alertrule/N/change/           | →/admin/chatbot/alertrule/N/change/
/admin/chatbot/alertrule/<path:object_id>/change/                    | →/admin/                                      | →/admin/
/admin/chatbot/alertrule/<path:object_id>/delete/                    | →/admin/                                      | →/admin/
/admin/chatbot/alertrule/<path:object_id>/history/                   | →/admin/                                      | →/admin/
/admin/chatbot/alertrule/add/                                        | 200                                           | 200
/admin/chatbot/conversation/                                         | 200                                           | 200
/admin/chatbot/conversation/<path:object_id>/                        | →/admin/chatbot/conversation/N/change/        | →/admin/chatbot/conversation/N/change/
/admin/chatbot/conversation/<path:object_id>/change/                 | 200                                           | 405
/admin/chatbot/conversation/<path:object_id>/delete/                 | 200                                           | 200
/admin/chatbot/conversation/<path:object_id>/history/                | 200                                           | 200
/admin/chatbot/conversation/add/                                     | 403                                           | 403
/admin/chatbot/criterion/                                            | 200                                           | 200
/admin/chatbot/criterion/<path:object_id>/                           | →/admin/chatbot/criterion/N/change/           | →/admin/chatbot/criterion/N/change/
/admin/chatbot/criterion/<path:object_id>/change/                    | →/admin/                                      | →/admin/
/admin/chatbot/criterion/<path:object_id>/delete/                    | →/admin/                                      | →/admin/
/admin/chatbot/criterion/<path:object_id>/history/                   | →/admin/                                      | →/admin/
/admin/chatbot/criterion/add/                                        | 200                                           | 200
/admin/chatbot/promptversion/                                        | 200                                           | 200
/admin/chatbot/promptversion/<int:pk>/activate/                      | 405                                           | 404
/admin/chatbot/promptversion/<path:object_id>/                       | →/admin/chatbot/promptversion/N/change/       | →/admin/chatbot/promptversion/N/change/
/admin/chatbot/promptversion/<path:object_id>/change/                | →/admin/                                      | →/admin/
/admin/chatbot/promptversion/<path:object_id>/delete/                | 403                                           | 403
/admin/chatbot/promptversion/<path:object_id>/history/               | →/admin/                                      | →/admin/
/admin/chatbot/promptversion/add/                                    | 200                                           | 200
/admin/chatbot/regressioncase/                                       | 200                                           | 200
/admin/chatbot/regressioncase/<path:object_id>/                      | →/admin/chatbot/regressioncase/N/change/      | →/admin/chatbot/regressioncase/N/change/
/admin/chatbot/regressioncase/<path:object_id>/change/               | →/admin/                                      | →/admin/
/admin/chatbot/regressioncase/<path:object_id>/delete/               | →/admin/                                      | →/admin/
/admin/chatbot/regressioncase/<path:object_id>/history/              | →/admin/                                      | →/admin/
/admin/chatbot/regressioncase/add/                                   | 403                                           | 403
/admin/chatbot/regressioncase/try/                                   | 405                                           | →/admin/chatbot/regressioncase/
/admin/chatbot/dailycost/                                            | 200                                           | 200
/admin/chatbot/dailycost/<path:object_id>/                           | →/admin/chatbot/dailycost/N/change/           | →/admin/chatbot/dailycost/N/change/
/admin/chatbot/dailycost/<path:object_id>/change/                    | →/admin/                                      | 403
/admin/chatbot/dailycost/<path:object_id>/delete/                    | 403                                           | 403
/admin/chatbot/dailycost/<path:object_id>/history/                   | →/admin/                                      | →/admin/
/admin/chatbot/dailycost/add/                                        | 403                                           | 403
/admin/chatbot/pricerule/                                            | 200                                           | 200
/admin/chatbot/pricerule/<path:object_id>/                           | →/admin/chatbot/pricerule/N/change/           | →/admin/chatbot/pricerule/N/change/
/admin/chatbot/pricerule/<path:object_id>/change/                    | →/admin/                                      | →/admin/
/admin/chatbot/pricerule/<path:object_id>/delete/                    | →/admin/                                      | →/admin/
/admin/chatbot/pricerule/<path:object_id>/history/                   | →/admin/                                      | →/admin/
/admin/chatbot/pricerule/add/                                        | 200                                           | 200
/admin/chatbot/look/                                                 | 200                                           | 200
/admin/chatbot/look/<path:object_id>/                                | →/admin/chatbot/look/N/change/                | →/admin/chatbot/look/N/change/
/admin/chatbot/look/<path:object_id>/change/                         | →/admin/chatbot/conversation/N/change/        | →/admin/chatbot/conversation/N/change/
/admin/chatbot/look/<path:object_id>/delete/                         | 403                                           | 403
/admin/chatbot/look/<path:object_id>/history/                        | 200                                           | 200
/admin/chatbot/look/add/                                             | 403                                           | 403
/admin/chatbot/look/reason/                                          | 200                                           | 422
/admin/chatbot/retentionday/                                         | 200                                           | 200
/admin/chatbot/retentionday/<path:object_id>/                        | →/admin/chatbot/retentionday/N/change/        | →/admin/chatbot/retentionday/N/change/
/admin/chatbot/retentionday/<path:object_id>/change/                 | →/admin/                                      | 403
/admin/chatbot/retentionday/<path:object_id>/delete/                 | 403                                           | 403
/admin/chatbot/retentionday/<path:object_id>/history/                | →/admin/                                      | →/admin/
/admin/chatbot/retentionday/add/                                     | 403                                           | 403
/admin/chatbot/reviewitem/                                           | 200                                           | 200
/admin/chatbot/reviewitem/<int:pk>/case/                             | 405                                           | →/admin/chatbot/reviewitem/N/change/
/admin/chatbot/reviewitem/<int:pk>/renew/                            | 405                                           | 204
/admin/chatbot/reviewitem/<int:pk>/replay/                           | 405                                           | →/admin/chatbot/reviewitem/N/change/
/admin/chatbot/reviewitem/<int:pk>/replays/<int:replay>/             | 404                                           | 405
/admin/chatbot/reviewitem/<path:object_id>/                          | →/admin/chatbot/reviewitem/N/change/          | →/admin/chatbot/reviewitem/N/change/
/admin/chatbot/reviewitem/<path:object_id>/change/                   | 200                                           | 422
/admin/chatbot/reviewitem/<path:object_id>/delete/                   | 403                                           | 403
/admin/chatbot/reviewitem/<path:object_id>/history/                  | 200                                           | 200
/admin/chatbot/reviewitem/add/                                       | 403                                           | 403
/admin/chatbot/reviewitem/next/                                      | 405                                           | →/admin/chatbot/reviewitem/N/change/
/admin/chatbot/reviewrule/                                           | 200                                           | 200
/admin/chatbot/reviewrule/<path:object_id>/                          | →/admin/chatbot/reviewrule/N/change/          | →/admin/chatbot/reviewrule/N/change/
/admin/chatbot/reviewrule/<path:object_id>/change/                   | →/admin/                                      | →/admin/
/admin/chatbot/reviewrule/<path:object_id>/delete/                   | →/admin/                                      | →/admin/
/admin/chatbot/reviewrule/<path:object_id>/history/                  | →/admin/                                      | →/admin/
/admin/chatbot/reviewrule/add/                                       | 403                                           | 403
/admin/chatbot/turn/                                                 | 200                                           | 200
/admin/chatbot/turn/<path:object_id>/                                | →/admin/chatbot/turn/N/change/                | →/admin/chatbot/turn/N/change/
/admin/chatbot/turn/<path:object_id>/change/                         | →/admin/chatbot/conversation/N/change/        | →/admin/chatbot/conversation/N/change/
/admin/chatbot/turn/<path:object_id>/delete/                         | 200                                           | 200
/admin/chatbot/turn/<path:object_id>/history/                        | 200                                           | 200
/admin/chatbot/turn/add/                                             | 403                                           | 403
/admin/figures/                                                      | 200                                           | 405
/admin/chatbot/turn/export/                                          | 405                                           | 404
/admin/huey_tasks/letter/                                            | 200                                           | 200
/admin/huey_tasks/letter/<path:object_id>/                           | →/admin/huey_tasks/letter/N/change/           | →/admin/huey_tasks/letter/N/change/
/admin/huey_tasks/letter/<path:object_id>/change/                    | →/admin/                                      | 403
/admin/huey_tasks/letter/<path:object_id>/delete/                    | →/admin/                                      | →/admin/
/admin/huey_tasks/letter/<path:object_id>/history/                   | →/admin/                                      | →/admin/
/admin/huey_tasks/letter/add/                                        | 403                                           | 403
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
/admin/tasks/                                                        | 200                                           | 200
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
/conversations/                                                      | 405                                           | 422
/conversations/<int:pk>/                                             | login 404 404 404 200                         | login 405 405 405 405
/conversations/<int:pk>/archive/                                     | login 405 405 405 405                         | login 404 404 404 →/conversations/N/
/conversations/<int:pk>/ask/                                         | login 405 405 405 405                         | login 404 404 404 422
/conversations/<int:pk>/delete/                                      | login 405 405 405 405                         | login 404 404 404 →/
/conversations/<int:pk>/export/                                      | login 404 404 404 200                         | login 405 405 405 405
/conversations/<int:pk>/picks/                                       | login 404 404 404 200                         | login 405 405 405 405
/conversations/<int:pk>/pin/                                         | login 405 405 405 405                         | login 404 404 404 →/conversations/N/
/conversations/<int:pk>/rename/                                      | login 404 404 404 200                         | login 404 404 404 422
/conversations/<int:pk>/restore/                                     | login 405 405 405 405                         | login 404 404 404 →/conversations/N/
/conversations/<int:pk>/share/                                       | login 404 404 404 200                         | login 404 404 404 422
/conversations/archived/                                             | login 200 200 200 200                         | login 405 405 405 405
/conversations/find/                                                 | login 200 200 200 200                         | login 405 405 405 405
/conversations/shares/                                               | login 200 200 200 200                         | login 405 405 405 405
/conversations/shares/<int:pk>/revoke/                               | login 405 405 405 405                         | login 404 404 404 404
/conversations/takeout/                                              | login 200 200 200 200                         | login →/conversations/takeout/ →/conversations/takeout/ →/conversations/takeout/ →/conversations/takeout/
/conversations/takeout/<int:pk>.zip                                  | login 404 404 404 404                         | login 405 405 405 405
/healthz                                                             | 503                                           | 405
/i18n/setlang/                                                       | →/                                            | →/
/manifest.webmanifest                                                | 200                                           | 405
/novels/                                                             | 200                                           | 405
/novels/<slug:slug>/                                                 | 200                                           | 405
/novels/<slug:slug>/cover.svg                                        | 200                                           | 405
/offline/                                                            | 200                                           | 405
/robots.txt                                                          | 200                                           | 405
/s/<str:token>/                                                      | 404                                           | 405
/s/<str:token>/card.png                                              | 404                                           | 405
/s/<str:token>/continue/                                             | 405                                           | 404
/sw.js                                                               | 200                                           | 405
/theme/                                                              | 405                                           | →/
/turns/<int:pk>/                                                     | login 404 404 404 →/conversations/N/          | login 405 405 405 405
/turns/<int:pk>/edit/                                                | login 404 404 404 200                         | login 404 404 404 422
/turns/<int:pk>/feedback/                                            | login 405 405 405 405                         | login 404 404 404 404
/turns/<int:pk>/more/                                                | login 405 405 405 405                         | login 404 404 404 404
/turns/<int:pk>/retry/                                               | login 405 405 405 405                         | login 404 404 404 →/conversations/N/
/turns/<int:pk>/stop/                                                | login 405 405 405 405                         | login 404 404 404 →/conversations/N/
/turns/<int:pk>/without/                                             | login 405 405 405 405                         | login 404 404 404 404
/users/                                                              | login 200 200 200 200                         | login 422 422 422 422
/users/delete/                                                       | login 200 200 200 200                         | login 422 422 422 422
/users/lists/                                                        | login 200 200 200 200                         | login 422 422 422 422
/users/lists/<int:pk>/                                               | login 404 404 404 200                         | login 405 405 405 405
/users/lists/<int:pk>/answers/                                       | login 405 405 405 405                         | login 404 404 404 →/users/lists/N/
/users/lists/<int:pk>/columns/                                       | login 405 405 405 405                         | login 404 404 404 →/users/lists/N/
/users/lists/<int:pk>/delete/                                        | login 405 405 405 405                         | login 404 404 404 →/users/lists/
/users/lists/<int:pk>/keep/                                          | login 405 405 405 405                         | login 404 404 404 →/users/lists/N/
/users/lists/<int:pk>/missing.csv                                    | login 404 404 404 200                         | login 405 405 405 405
/users/lists/<int:pk>/undo/                                          | login 405 405 405 405                         | login 404 404 404 →/users/lists/N/
/users/lists/works/<int:pk>/                                         | login 404 404 404 200                         | login 404 404 404 400
/users/looks/                                                        | login 200 200 200 200                         | login 405 405 405 405
/users/guest/                                                        | login →/users/ →/users/ →/users/ →/users/     | login →/users/ →/users/ →/users/ →/users/
/users/releases/                                                     | login 200 200 200 200                         | login →/users/releases/ →/users/releases/ →/users/releases/ →/users/releases/
/users/releases/<str:token>/volumes.ics                              | 404                                           | 405
/users/releases/<str:token>/volumes.rss                              | 404                                           | 405
/users/releases/address/                                             | login 405 405 405 405                         | login 400 400 400 400
/users/shelf-myanimelist.xml                                         | login 200 200 200 200                         | login 405 405 405 405
/users/shelf.csv                                                     | login 200 200 200 200                         | login 405 405 405 405
/users/shelf/                                                        | login 200 200 200 200                         | login 405 405 405 405
/users/shelf/<slug:slug>/                                            | login 405 405 405 405                         | login →/novels/lamplight/ →/novels/lamplight/ →/novels/lamplight/ →/novels/lamplight/
/users/shelf/<slug:slug>/entry/                                      | login 200 200 200 200                         | login 422 422 422 422
/users/shelf/<slug:slug>/not-yet/                                    | login 405 405 405 405                         | login 404 404 404 →/users/shelf/
/users/shelf/changes/<int:pk>/undo/                                  | login 405 405 405 405                         | login 404 404 404 →/users/shelf/
/users/shelf/changes/many/                                           | login 405 405 405 405                         | login →/users/shelf/ →/users/shelf/ →/users/shelf/ →/users/shelf/
/users/taste/                                                        | login 200 200 200 200                         | login 405 405 405 405
/users/taste/<int:pk>/                                               | login 405 405 405 405                         | login 404 404 404 →/users/taste/
/users/taste/add/                                                    | login 405 405 405 405                         | login →/users/taste/ →/users/taste/ →/users/taste/ →/users/taste/
/users/taste/pause/                                                  | login 405 405 405 405                         | login →/users/taste/ →/users/taste/ →/users/taste/ →/users/taste/
/users/year/                                                         | login →/users/year/N/ →/users/year/N/ →/users/year/N/ →/users/year/N/ | login 405 405 405 405
/users/year/<int:year>/                                              | login 200 200 200 200                         | login 405 405 405 405
"""

# Guests, who ask without an account, get what nobody gets, but for these: another guest, and the one whose it is.
GUESTS = r"""
/conversations/                     | 405 405                  | 422 422
/conversations/<int:pk>/            | 404 200                  | 405 405
/conversations/<int:pk>/ask/        | 405 405                  | 404 422
/conversations/<int:pk>/delete/     | 405 405                  | 404 →/
/conversations/<int:pk>/rename/     | 404 200                  | 404 422
/conversations/<int:pk>/restore/    | 405 405                  | 404 →/conversations/N/
/turns/<int:pk>/                    | 404 →/conversations/N/   | 405 405
/turns/<int:pk>/edit/               | 404 200                  | 404 422
/turns/<int:pk>/feedback/           | 405 405                  | 404 404
/turns/<int:pk>/more/               | 405 405                  | 404 404
/turns/<int:pk>/retry/              | 405 405                  | 404 →/conversations/N/
/turns/<int:pk>/stop/               | 405 405                  | 404 →/conversations/N/
/turns/<int:pk>/without/            | 405 405                  | 404 404
/users/guest/                       | 200 200                  | →/ →/
/users/shelf/                       | 200 200                  | 405 405
/users/shelf/<slug:slug>/           | 405 405                  | →/novels/lamplight/ →/novels/lamplight/
/users/shelf/<slug:slug>/entry/     | 200 200                  | 422 422
/users/shelf/<slug:slug>/not-yet/   | 405 405                  | 404 →/users/shelf/
/users/shelf/changes/<int:pk>/undo/ | 405 405                  | 404 →/users/shelf/
/users/shelf/changes/many/          | 405 405                  | →/users/shelf/ →/users/shelf/
/users/taste/                       | 200 200                  | 405 405
/users/taste/<int:pk>/              | 405 405                  | 404 →/users/taste/
/users/taste/add/                   | 405 405                  | →/users/taste/ →/users/taste/
/users/taste/pause/                 | 405 405                  | →/users/taste/ →/users/taste/
"""
