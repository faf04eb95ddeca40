/* The columns of every kind of row, once: the service builds its SQL from them, the replica its tables, and both
 * their JSON.  `InbRow` holds the values.  A column is named by an enum (INB_LEAD_STAGE) in C and by its name
 * elsewhere; the order here is the order in memory only.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The kinds of the change feed, in the order of their wire names. */
typedef enum {
  INB_KIND_WORKSPACE,
  INB_KIND_MEMBER,
  INB_KIND_TEAM,
  INB_KIND_STAGE,
  INB_KIND_FIELD_DEFINITION,
  INB_KIND_WEBHOOK,
  INB_KIND_VIEW,
  INB_KIND_CONTACT,
  INB_KIND_LEAD,
  INB_KIND_ACTIVITY,
  INB_KIND_TOMBSTONE,
  INB_N_KINDS
} InbKind;

/* How a value is written in text form (the wire's), which is how InbRow keeps it:
 * TEXT any UTF-8 without NUL; UUID 36 lower-case characters; INTEGER decimal int64; MONEY decimal with two places,
 * "1234.50"; BOOLEAN "true"/"false"; TIME RFC 3339 in UTC with six places and Z; DATE YYYY-MM-DD; JSON one value. */
typedef enum {
  INB_TYPE_TEXT,
  INB_TYPE_UUID,
  INB_TYPE_INTEGER,
  INB_TYPE_MONEY,
  INB_TYPE_BOOLEAN,
  INB_TYPE_TIME,
  INB_TYPE_DATE,
  INB_TYPE_JSON
} InbType;

typedef enum {
  INB_COLUMN_NONE = 0,
  INB_COLUMN_EDITABLE = 1 << 0, /* a user may change it by a mutation */
  INB_COLUMN_MAPPABLE = 1 << 1, /* a webhook's field mapping may fill it */
} InbColumnFlags;

typedef struct {
  const char     *name;
  InbType         type;
  InbColumnFlags  flags;
} InbColumn;

/* X (ENUM, name, TYPE, FLAGS).  E = editable, M = mappable, EM = both, N = neither. */
#define INB_CONTACT_COLUMNS(X)                  \
  X (ID, id, UUID, N)                           \
  X (WORKSPACE_ID, workspace_id, TEXT, N)       \
  X (CRM_ID, crm_id, TEXT, EM)                  \
  X (FIRSTNAME, firstname, TEXT, EM)            \
  X (LASTNAME, lastname, TEXT, EM)              \
  X (EMAIL, email, TEXT, EM)                    \
  X (PHONE, phone, TEXT, EM)                    \
  X (LEAD_SOURCE, lead_source, TEXT, M)         \
  X (NOTES, notes, TEXT, EM)                    \
  X (WEBHOOK_ID, webhook_id, UUID, N)           \
  X (WEBHOOK_NAME, webhook_name, TEXT, N)       \
  X (CUSTOM_FIELDS, custom_fields, JSON, EM)    \
  X (CREATED_AT, created_at, TIME, N)           \
  X (UPDATED_AT, updated_at, TIME, N)           \
  X (SALUTATION, salutation, TEXT, EM)          \
  X (PHONE_SECONDARY, phone_secondary, TEXT, EM) \
  X (EMAIL_SECONDARY, email_secondary, TEXT, EM) \
  X (COMPANY, company, TEXT, EM)                \
  X (JOB_TITLE, job_title, TEXT, EM)            \
  X (DEPARTMENT, department, TEXT, EM)          \
  X (INDUSTRY, industry, TEXT, EM)              \
  X (COMPANY_SIZE, company_size, TEXT, EM)      \
  X (ADDRESS, address, TEXT, EM)                \
  X (ADDRESS_EXTRA, address_extra, TEXT, EM)    \
  X (CITY, city, TEXT, EM)                      \
  X (REGION, region, TEXT, EM)                  \
  X (POSTAL_CODE, postal_code, TEXT, EM)        \
  X (COUNTRY, country, TEXT, EM)                \
  X (WEBSITE, website, TEXT, EM)                \
  X (LINKEDIN_URL, linkedin_url, TEXT, EM)      \
  X (FACEBOOK_URL, facebook_url, TEXT, EM)      \
  X (INSTAGRAM_URL, instagram_url, TEXT, EM)    \
  X (TWITTER_URL, twitter_url, TEXT, EM)        \
  X (WHATSAPP, whatsapp, TEXT, EM)              \
  X (LANGUAGE, language, TEXT, EM)              \
  X (TIMEZONE, timezone, TEXT, EM)              \
  X (BIRTHDAY, birthday, DATE, EM)              \
  X (CONSENT_EMAIL, consent_email, BOOLEAN, EM) \
  X (CONSENT_PHONE, consent_phone, BOOLEAN, EM) \
  X (CONSENT_SMS, consent_sms, BOOLEAN, EM)     \
  X (CONSENT_WHATSAPP, consent_whatsapp, BOOLEAN, EM) \
  X (CONSENT_AT, consent_at, TIME, EM)          \
  X (CONSENT_TEXT, consent_text, TEXT, EM)      \
  X (DO_NOT_CONTACT, do_not_contact, BOOLEAN, EM) \
  X (OWNER_ID, owner_id, UUID, E)               \
  X (TAGS, tags, JSON, E)                       \
  X (STATUS, status, TEXT, E)                   \
  X (MERGED_INTO, merged_into, UUID, N)         \
  X (IP_ADDRESS, ip_address, TEXT, M)           \
  X (SOURCE_URL, source_url, TEXT, M)           \
  X (LAST_ACTIVITY_AT, last_activity_at, TIME, N) \
  X (CREATED_BY, created_by, UUID, N)           \
  X (UPDATED_BY, updated_by, UUID, N)           \
  X (PHONE_E164, phone_e164, TEXT, N)           \
  X (PHONE_DISPLAY, phone_display, TEXT, N)     \
  X (PHONE_STATUS, phone_status, TEXT, N)       \
  X (EMAIL_NORM, email_norm, TEXT, N)           \
  X (NAME_FOLDED, name_folded, TEXT, N)         \
  X (IDENTITY_CONFLICTS, identity_conflicts, JSON, N) \
  X (DELETED_AT, deleted_at, TIME, N)           \
  X (CHANGE_SEQ, change_seq, INTEGER, N)

#define INB_LEAD_COLUMNS(X)                     \
  X (ID, id, UUID, N)                           \
  X (CONTACT_ID, contact_id, UUID, N)           \
  X (WORKSPACE_ID, workspace_id, TEXT, N)       \
  X (LEAD_SOURCE, lead_source, TEXT, EM)        \
  X (SUB_SOURCE, sub_source, TEXT, EM)          \
  X (UTM_SOURCE, utm_source, TEXT, EM)          \
  X (UTM_MEDIUM, utm_medium, TEXT, EM)          \
  X (UTM_CAMPAIGN, utm_campaign, TEXT, EM)      \
  X (UTM_TERM, utm_term, TEXT, EM)              \
  X (UTM_CONTENT, utm_content, TEXT, EM)        \
  X (LANDING_PAGE_URL, landing_page_url, TEXT, EM) \
  X (CONVERSION_EVENT, conversion_event, TEXT, EM) \
  X (WEBHOOK_ID, webhook_id, UUID, N)           \
  X (LEAD_STATUS_ID, lead_status_id, INTEGER, N) \
  X (QUALIFICATION_STATUS, qualification_status, TEXT, EM) \
  X (LEAD_SCORE, lead_score, INTEGER, EM)       \
  X (STAGE, stage, TEXT, E)                     \
  X (TEMPERATURE, temperature, TEXT, EM)        \
  X (PRIORITY, priority, TEXT, EM)              \
  X (PRODUCT_INTEREST, product_interest, TEXT, EM) \
  X (SECONDARY_PRODUCTS, secondary_products, JSON, EM) \
  X (SERVICE_TYPE, service_type, TEXT, EM)      \
  X (ESTIMATED_VALUE, estimated_value, MONEY, EM) \
  X (PROBABILITY, probability, INTEGER, EM)     \
  X (EXPECTED_CLOSE_DATE, expected_close_date, DATE, EM) \
  X (BUDGET_RANGE, budget_range, TEXT, EM)      \
  X (TIMELINE, timeline, TEXT, EM)              \
  X (ASSIGNED_TO, assigned_to, UUID, E)         \
  X (TEAM_ID, team_id, TEXT, E)                 \
  X (CREATED_BY, created_by, UUID, N)           \
  X (UPDATED_BY, updated_by, UUID, N)           \
  X (PREFERRED_CONTACT_METHOD, preferred_contact_method, TEXT, EM) \
  X (BEST_TIME_TO_CONTACT, best_time_to_contact, TEXT, EM) \
  X (TIMEZONE, timezone, TEXT, EM)              \
  X (INITIAL_INQUIRY, initial_inquiry, TEXT, EM) \
  X (PAIN_POINTS, pain_points, JSON, EM)        \
  X (DECISION_MAKERS, decision_makers, JSON, EM) \
  X (COMPETITION, competition, JSON, EM)        \
  X (REFERRAL_SOURCE, referral_source, TEXT, EM) \
  X (LAST_ACTIVITY_AT, last_activity_at, TIME, N) \
  X (NEXT_FOLLOW_UP_AT, next_follow_up_at, TIME, E) \
  X (FOLLOW_UP_COUNT, follow_up_count, INTEGER, N) \
  X (IS_ACTIVE, is_active, BOOLEAN, N)          \
  X (IS_CONVERTED, is_converted, BOOLEAN, N)    \
  X (CONVERTED_AT, converted_at, TIME, N)       \
  X (CONVERSION_VALUE, conversion_value, MONEY, EM) \
  X (LOST_REASON, lost_reason, TEXT, EM)        \
  X (LOST_AT, lost_at, TIME, N)                 \
  X (METADATA, metadata, JSON, N)               \
  X (TAGS, tags, JSON, EM)                      \
  X (CUSTOM_FIELDS, custom_fields, JSON, EM)    \
  X (CAMPAIGN_ID, campaign_id, UUID, EM)        \
  X (NURTURE_SEQUENCE_ID, nurture_sequence_id, UUID, E) \
  X (CREATED_AT, created_at, TIME, N)           \
  X (UPDATED_AT, updated_at, TIME, N)           \
  X (PREVIOUS_STAGE, previous_stage, TEXT, N)   \
  X (CURRENCY, currency, TEXT, EM)              \
  X (TERRITORY, territory, TEXT, EM)            \
  X (FIRST_RESPONSE_AT, first_response_at, TIME, N) \
  X (IS_TEST, is_test, BOOLEAN, N)              \
  X (DELETED_AT, deleted_at, TIME, N)           \
  X (CHANGE_SEQ, change_seq, INTEGER, N)

#define INB_ACTIVITY_COLUMNS(X)                 \
  X (ID, id, UUID, N)                           \
  X (WORKSPACE_ID, workspace_id, TEXT, N)       \
  X (LEAD_ID, lead_id, UUID, N)                 \
  X (CONTACT_ID, contact_id, UUID, N)           \
  X (ACTIVITY_TYPE, activity_type, TEXT, N)     \
  X (TITLE, title, TEXT, E)                     \
  X (DESCRIPTION, description, TEXT, E)         \
  X (OUTCOME, outcome, TEXT, E)                 \
  X (METADATA, metadata, JSON, N)               \
  X (IS_AUTOMATED, is_automated, BOOLEAN, N)    \
  X (CREATED_AT, created_at, TIME, N)           \
  X (UPDATED_AT, updated_at, TIME, N)           \
  X (CREATED_BY, created_by, UUID, N)           \
  X (UPDATED_BY, updated_by, UUID, N)           \
  X (ACTOR_NAME, actor_name, TEXT, N)           \
  X (DIRECTION, direction, TEXT, E)             \
  X (DURATION_SECONDS, duration_seconds, INTEGER, E) \
  X (DUE_AT, due_at, TIME, E)                   \
  X (DUE_TEXT, due_text, TEXT, N)               \
  X (STARTS_AT, starts_at, TIME, E)             \
  X (ENDS_AT, ends_at, TIME, E)                 \
  X (COMPLETED_AT, completed_at, TIME, E)       \
  X (STATUS, status, TEXT, E)                   \
  X (PRIORITY, priority, TEXT, E)               \
  X (SUBJECT, subject, TEXT, E)                 \
  X (BODY, body, TEXT, E)                       \
  X (FROM_ADDRESS, from_address, TEXT, E)       \
  X (TO_ADDRESS, to_address, TEXT, E)           \
  X (CC_ADDRESS, cc_address, TEXT, E)           \
  X (BCC_ADDRESS, bcc_address, TEXT, E)         \
  X (MESSAGE_ID, message_id, TEXT, E)           \
  X (IN_REPLY_TO, in_reply_to, TEXT, E)         \
  X (PHONE_NUMBER, phone_number, TEXT, E)       \
  X (RECORDING_URL, recording_url, TEXT, E)     \
  X (LOCATION, location, TEXT, E)               \
  X (MEETING_URL, meeting_url, TEXT, E)         \
  X (ATTENDEES, attendees, JSON, E)             \
  X (ATTACHMENTS, attachments, JSON, E)         \
  X (REMINDER_AT, reminder_at, TIME, E)         \
  X (TIMEZONE, timezone, TEXT, E)               \
  X (IS_PINNED, is_pinned, BOOLEAN, E)          \
  X (FIELD_NAME, field_name, TEXT, N)           \
  X (OLD_VALUE, old_value, JSON, N)             \
  X (NEW_VALUE, new_value, JSON, N)             \
  X (GROUP_ID, group_id, UUID, N)               \
  X (MUTATION_ID, mutation_id, UUID, N)         \
  X (WEBHOOK_ID, webhook_id, UUID, N)           \
  X (DELIVERY_ID, delivery_id, UUID, N)         \
  X (SOURCE, source, TEXT, N)                   \
  X (OCCURRED_AT, occurred_at, TIME, E)         \
  X (ASSIGNED_TO, assigned_to, UUID, E)         \
  X (DELETED_AT, deleted_at, TIME, N)           \
  X (CHANGE_SEQ, change_seq, INTEGER, N)

#define INB_STAGE_COLUMNS(X)                    \
  X (ID, id, UUID, N)                           \
  X (WORKSPACE_ID, workspace_id, TEXT, N)       \
  X (NUMBER, number, INTEGER, N)                \
  X (KEY, key, TEXT, N)                         \
  X (NAME, name, TEXT, E)                       \
  X (POSITION, position, INTEGER, E)            \
  X (COLOR, color, TEXT, E)                     \
  X (CATEGORY, category, TEXT, E)               \
  X (PROBABILITY, probability, INTEGER, E)      \
  X (IS_DEFAULT, is_default, BOOLEAN, E)        \
  X (DESCRIPTION, description, TEXT, E)         \
  X (ICON, icon, TEXT, E)                       \
  X (IS_HIDDEN, is_hidden, BOOLEAN, E)          \
  X (REQUIRES_LOST_REASON, requires_lost_reason, BOOLEAN, E) \
  X (REQUIRES_VALUE, requires_value, BOOLEAN, E) \
  X (STATUS_WORDS, status_words, JSON, E)       \
  X (STALE_AFTER_DAYS, stale_after_days, INTEGER, E) \
  X (FOLLOW_UP_AFTER_DAYS, follow_up_after_days, INTEGER, E) \
  X (SETS_TEMPERATURE, sets_temperature, TEXT, E) \
  X (NOTIFY_ON_ENTER, notify_on_enter, BOOLEAN, E) \
  X (CREATED_AT, created_at, TIME, N)           \
  X (UPDATED_AT, updated_at, TIME, N)           \
  X (CREATED_BY, created_by, UUID, N)           \
  X (UPDATED_BY, updated_by, UUID, N)           \
  X (ARCHIVED_AT, archived_at, TIME, E)         \
  X (CHANGE_SEQ, change_seq, INTEGER, N)

#define INB_FIELD_DEFINITION_COLUMNS(X)         \
  X (ID, id, UUID, N)                           \
  X (WORKSPACE_ID, workspace_id, TEXT, N)       \
  X (FIELD_KEY, field_key, TEXT, N)             \
  X (LABEL, label, TEXT, E)                     \
  X (DESCRIPTION, description, TEXT, E)         \
  X (FIELD_TYPE, field_type, TEXT, N)           \
  X (ENTITY, entity, TEXT, N)                   \
  X (OPTIONS, options, JSON, E)                 \
  X (DEFAULT_VALUE, default_value, TEXT, E)     \
  X (IS_REQUIRED, is_required, BOOLEAN, E)      \
  X (IS_UNIQUE, is_unique, BOOLEAN, E)          \
  X (IS_SEARCHABLE, is_searchable, BOOLEAN, E)  \
  X (IS_FILTERABLE, is_filterable, BOOLEAN, E)  \
  X (IS_VISIBLE, is_visible, BOOLEAN, E)        \
  X (IS_EDITABLE, is_editable, BOOLEAN, E)      \
  X (POSITION, position, INTEGER, E)            \
  X (SECTION, section, TEXT, E)                 \
  X (PLACEHOLDER, placeholder, TEXT, E)         \
  X (HELP_TEXT, help_text, TEXT, E)             \
  X (MIN_VALUE, min_value, TEXT, E)             \
  X (MAX_VALUE, max_value, TEXT, E)             \
  X (MAX_LENGTH, max_length, INTEGER, E)        \
  X (PATTERN, pattern, TEXT, E)                 \
  X (UNIT, unit, TEXT, E)                       \
  X (ALIASES, aliases, JSON, E)                 \
  X (CREATED_AT, created_at, TIME, N)           \
  X (UPDATED_AT, updated_at, TIME, N)           \
  X (CREATED_BY, created_by, UUID, N)           \
  X (UPDATED_BY, updated_by, UUID, N)           \
  X (CHANGE_SEQ, change_seq, INTEGER, N)

#define INB_WORKSPACE_COLUMNS(X)                \
  X (ID, id, TEXT, N)                           \
  X (NAME, name, TEXT, E)                       \
  X (REGION, region, TEXT, E)                   \
  X (TIMEZONE, timezone, TEXT, E)               \
  X (CURRENCY, currency, TEXT, E)               \
  X (SETTINGS, settings, JSON, E)               \
  X (CREATED_AT, created_at, TIME, N)           \
  X (UPDATED_AT, updated_at, TIME, N)           \
  X (CHANGE_SEQ, change_seq, INTEGER, N)

#define INB_MEMBER_COLUMNS(X)                   \
  X (WORKSPACE_ID, workspace_id, TEXT, N)       \
  X (USER_ID, user_id, UUID, N)                 \
  X (ROLE, role, TEXT, E)                       \
  X (TEAM_ID, team_id, TEXT, E)                 \
  X (NAME, name, TEXT, E)                       \
  X (EMAIL, email, TEXT, N)                     \
  X (IS_SERVICE, is_service, BOOLEAN, N)        \
  X (CREATED_AT, created_at, TIME, N)           \
  X (UPDATED_AT, updated_at, TIME, N)           \
  X (DELETED_AT, deleted_at, TIME, N)           \
  X (CHANGE_SEQ, change_seq, INTEGER, N)

#define INB_TEAM_COLUMNS(X)                     \
  X (WORKSPACE_ID, workspace_id, TEXT, N)       \
  X (ID, id, TEXT, N)                           \
  X (NAME, name, TEXT, E)                       \
  X (DESCRIPTION, description, TEXT, E)         \
  X (CREATED_AT, created_at, TIME, N)           \
  X (UPDATED_AT, updated_at, TIME, N)           \
  X (DELETED_AT, deleted_at, TIME, N)           \
  X (CHANGE_SEQ, change_seq, INTEGER, N)

/* What desktops may know of a webhook: its name, no key and no secret. */
#define INB_WEBHOOK_COLUMNS(X)                  \
  X (ID, id, UUID, N)                           \
  X (WORKSPACE_ID, workspace_id, TEXT, N)       \
  X (NAME, name, TEXT, N)                       \
  X (DELETED_AT, deleted_at, TIME, N)           \
  X (CHANGE_SEQ, change_seq, INTEGER, N)

#define INB_VIEW_COLUMNS(X)                     \
  X (ID, id, UUID, N)                           \
  X (WORKSPACE_ID, workspace_id, TEXT, N)       \
  X (USER_ID, user_id, UUID, N)                 \
  X (NAME, name, TEXT, E)                       \
  X (IS_SHARED, is_shared, BOOLEAN, E)          \
  X (FILTER, filter, JSON, E)                   \
  X (COLUMNS, columns, JSON, E)                 \
  X (SORT, sort, TEXT, E)                       \
  X (POSITION, position, INTEGER, E)            \
  X (CREATED_AT, created_at, TIME, N)           \
  X (UPDATED_AT, updated_at, TIME, N)           \
  X (DELETED_AT, deleted_at, TIME, N)           \
  X (CHANGE_SEQ, change_seq, INTEGER, N)

#define INB_TOMBSTONE_COLUMNS(X)                \
  X (WORKSPACE_ID, workspace_id, TEXT, N)       \
  X (KIND, kind, TEXT, N)                       \
  X (ENTITY_ID, entity_id, TEXT, N)             \
  X (CREATED_AT, created_at, TIME, N)           \
  X (CHANGE_SEQ, change_seq, INTEGER, N)

#define INB_COLUMN_ENUM_CONTACT(ENUM, name, TYPE, FLAGS) INB_CONTACT_##ENUM,
#define INB_COLUMN_ENUM_LEAD(ENUM, name, TYPE, FLAGS) INB_LEAD_##ENUM,
#define INB_COLUMN_ENUM_ACTIVITY(ENUM, name, TYPE, FLAGS) INB_ACTIVITY_##ENUM,
#define INB_COLUMN_ENUM_STAGE(ENUM, name, TYPE, FLAGS) INB_STAGE_##ENUM,
#define INB_COLUMN_ENUM_FIELD_DEFINITION(ENUM, name, TYPE, FLAGS) INB_FIELD_DEFINITION_##ENUM,
#define INB_COLUMN_ENUM_WORKSPACE(ENUM, name, TYPE, FLAGS) INB_WORKSPACE_##ENUM,
#define INB_COLUMN_ENUM_MEMBER(ENUM, name, TYPE, FLAGS) INB_MEMBER_##ENUM,
#define INB_COLUMN_ENUM_TEAM(ENUM, name, TYPE, FLAGS) INB_TEAM_##ENUM,
#define INB_COLUMN_ENUM_WEBHOOK(ENUM, name, TYPE, FLAGS) INB_WEBHOOK_##ENUM,
#define INB_COLUMN_ENUM_VIEW(ENUM, name, TYPE, FLAGS) INB_VIEW_##ENUM,
#define INB_COLUMN_ENUM_TOMBSTONE(ENUM, name, TYPE, FLAGS) INB_TOMBSTONE_##ENUM,

typedef enum { INB_CONTACT_COLUMNS (INB_COLUMN_ENUM_CONTACT) INB_N_CONTACT_COLUMNS } InbContactColumn;
typedef enum { INB_LEAD_COLUMNS (INB_COLUMN_ENUM_LEAD) INB_N_LEAD_COLUMNS } InbLeadColumn;
typedef enum { INB_ACTIVITY_COLUMNS (INB_COLUMN_ENUM_ACTIVITY) INB_N_ACTIVITY_COLUMNS } InbActivityColumn;
typedef enum { INB_STAGE_COLUMNS (INB_COLUMN_ENUM_STAGE) INB_N_STAGE_COLUMNS } InbStageColumn;
typedef enum { INB_FIELD_DEFINITION_COLUMNS (INB_COLUMN_ENUM_FIELD_DEFINITION) INB_N_FIELD_DEFINITION_COLUMNS } InbFieldDefinitionColumn;
typedef enum { INB_WORKSPACE_COLUMNS (INB_COLUMN_ENUM_WORKSPACE) INB_N_WORKSPACE_COLUMNS } InbWorkspaceColumn;
typedef enum { INB_MEMBER_COLUMNS (INB_COLUMN_ENUM_MEMBER) INB_N_MEMBER_COLUMNS } InbMemberColumn;
typedef enum { INB_TEAM_COLUMNS (INB_COLUMN_ENUM_TEAM) INB_N_TEAM_COLUMNS } InbTeamColumn;
typedef enum { INB_WEBHOOK_COLUMNS (INB_COLUMN_ENUM_WEBHOOK) INB_N_WEBHOOK_COLUMNS } InbWebhookColumn;
typedef enum { INB_VIEW_COLUMNS (INB_COLUMN_ENUM_VIEW) INB_N_VIEW_COLUMNS } InbViewColumn;
typedef enum { INB_TOMBSTONE_COLUMNS (INB_COLUMN_ENUM_TOMBSTONE) INB_N_TOMBSTONE_COLUMNS } InbTombstoneColumn;

const char      *inb_kind_get_name        (InbKind     kind);
const char      *inb_kind_get_table       (InbKind     kind);
gboolean         inb_kind_from_name       (const char *name,
                                           InbKind    *kind);
const InbColumn *inb_kind_get_columns     (InbKind     kind,
                                           guint      *n_columns);
int              inb_kind_find_column     (InbKind     kind,
                                           const char *name);
int              inb_kind_get_key_column  (InbKind     kind);
int              inb_kind_get_seq_column  (InbKind     kind);

G_END_DECLS
