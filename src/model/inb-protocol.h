/* Names of the wire contract that service and client share; data/openapi.json describes the rest. */
#pragma once

#define INB_PROTOCOL_DEFAULT_PORT 8787
#define INB_PROTOCOL_SOCKET_FOLDER "inbound-leads"   /* below $XDG_RUNTIME_DIR */
#define INB_PROTOCOL_SOCKET_NAME "api.sock"
#define INB_PROTOCOL_CREDENTIALS_NAME "credentials.json" /* beside the socket: {"url","socket","workspaces":[{"id","name","token"}]} */

#define INB_PROTOCOL_EVENT_HELLO "hello"
#define INB_PROTOCOL_EVENT_CHANGES "changes"
#define INB_PROTOCOL_EVENT_CONTACT_CREATED "webhook:contact_created"
#define INB_PROTOCOL_EVENT_PULL "pull"                /* a slow client is told to pull: {"head"} */

#define INB_PROTOCOL_MAX_BODY (1024 * 1024)
#define INB_PROTOCOL_MAX_CHANGES_EVENT (64 * 1024)
#define INB_PROTOCOL_MAX_PAGE 1000
