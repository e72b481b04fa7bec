/* SPDX-License-Identifier: Apache-2.0 */
/* Who did and saw what: the ledger of readings, the search of the chains, and what the doors find suspicious
 * (4.1.2, 14.2.3). Thread safe; called from worker threads, never from a store's writer. */
#pragma once

#include <internal/engine.h>
#include <internal/identity.h>

extern const Module module_audit;

#define ACCESS_QUEUE_MAX 4096 /* readings not yet on disk; beyond, the reader waits for the flush */
#define ACCESS_FLUSH_MS 1000  /* so much is lost when the process is killed */
#define ACCESS_SCAN_MAX 20000 /* entries looked at by one search */
#define TRAIL_LIMIT_MAX 200
#define TRAIL_SCAN_MAX 20000 /* chain entries looked at by one page of a search by field */

typedef struct Audit Audit;

/* The system store must be open and migrated with module_audit. Starts the thread that flushes. */
int audit_open(Engine *engine, Identity *identity, Audit **ret) _must_check_;
/* Flushes, seals, ends the thread. */
Audit *audit_close(Audit *audit);
DEFINE_CLEANUP(Audit, audit_close)

/* Whose eyes. Texts are copied. */
typedef struct Seer {
        Id person;
        int64_t office, session;
        const char *address;
} Seer;

/* --- what was seen; audit may be NULL (tests): then nothing is kept --- */

/* Whether rows of a store may be shown: -EREADONLY_ while the ledger of readings cannot be written, for what is of the
 * business; the system's own lists stay open, so that administrators can see to it. */
int audit_admits(Audit *audit, StoreId store) _must_check_;
/* Rows of chosen columns need not say whose they are: adds the ids that do, for the ledger. -E2BIG */
int audit_columns(const Registry *registry, const View *view, ViewCall *call) _must_check_;
/* Kept for the next flush, or the rows must not be shown: -EREADONLY_, -ENOMEM, -E2BIG. */
int audit_saw_list(Audit *audit, const Seer *seer, const View *view, const ViewCall *call, const json_t *rows)
        _must_check_;
int audit_saw_record(Audit *audit, const Seer *seer, const Record *record, Id id, const json_t *row) _must_check_;
/* Before the paper leaves: durable, or it does not leave. digest of the bytes given out. */
int audit_saw_paper(
        Audit *audit, const Seer *seer, const Paper *paper, Id subject, const Digest *digest) _must_check_;

/* Before the answer of a command that shows private values leaves: durable, or it does not. The output has "values",
 * lines with record_name and record_id, and perhaps "basis", the case or the enquiry. 0 for other commands. */
int audit_saw_answer(Audit *audit, const Seer *seer, const Command *command, const Reply *reply) _must_check_;

/* An export, row by row as it is written. */
typedef struct AuditExport AuditExport;
#define EXPORT_NUMBER_MAX 40
/* number stands on the file and in the ledger. */
int audit_export_begin(Audit *audit, const Seer *seer, const View *view, const ViewCall *call,
        char ret_number[static EXPORT_NUMBER_MAX], AuditExport **ret) _must_check_;
int audit_export_rows(AuditExport *export, const json_t *rows) _must_check_;
/* Durable before the file leaves; also notes mass exports. Frees it. */
int audit_export_end(AuditExport *export, int64_t rows, const Digest *digest) _must_check_;
AuditExport *audit_export_free(AuditExport *export);

/* Everything queued so far is durable. */
int audit_flush(Audit *audit) _must_check_;

/* --- what the doors find suspicious --- */

/* The record was not there for the caller: when it is there for others, that is noted. */
void audit_missed(Audit *audit, const Seer *seer, const Record *record, Id id);
/* Somebody did something; noted once a session and hour when it is outside the office's hours. */
void audit_worked(Audit *audit, const Seer *seer, const char *what);
/* The same for what a command's input refers to. */
void audit_missed_input(Audit *audit, const Seer *seer, const Command *command, const json_t *input);

/* --- the system's own state (14.2.2); every change is a security event --- */

/* At start: notes the start, and a version, schema or configuration other than when it last ran; also that it did not
 * stop in order. config: hex digest of the configuration file. */
int audit_state_begin(Audit *audit, const char *version, const char *config) _must_check_;
/* Each second: the wall clock went another way than the steady one. */
void audit_state_tick(Audit *audit);
int audit_state_end(Audit *audit) _must_check_;

/* --- answers --- */

/* {"accesses":[{"id","instant","person","person_name","kind","name","label","subject","filter","rows","number",
 * "digest",
 * "address"}],"next":ID|null}: everybody who saw the record, or a person behind it, newest first. -ENOENT.
 */
typedef struct SawCall {
        const Record *record;
        Id id;
        Instant from, to; /* 0: open */
        int64_t after;    /* entry; 0: from the newest */
} SawCall;
int audit_who_saw(Audit *audit, const Caller *caller, const SawCall *call, json_t **ret) _must_check_;

/* {"entries":[{"seq","instant","person","person_name","office","command","key","head","body","changes":[{"record","id",
 * "version","reason","before","after"}],"ranges":[…]}],"next":SEQ|null}: newest first. A page may hold fewer
 * than limit and still have a next: then so many entries were looked at. */
typedef struct TrailCall {
        StoreId store;
        int64_t person, id, after;
        const Record *record;
        const char *command, *field; /* NULL: any */
        Instant from, to;
        int64_t seq; /* this one only */
        size_t limit;
} TrailCall;
int audit_trail(Audit *audit, const Caller *caller, const TrailCall *call, json_t **ret) _must_check_;
/* What the search has shown, before it is: -EREADONLY_, -ENOMEM, -E2BIG. */
int audit_saw_trail(Audit *audit, const Seer *seer, const TrailCall *call, const json_t *answer) _must_check_;

/* The ledger of readings against its own digests and the seals in the chain. 0 sound, 1 findings. */
int audit_verify(Engine *engine, VerifyReport report, void *data) _must_check_;

/* --- the year as an archive --- */

/* All changes of a year with what they changed, and all readings, as CSV in a signed tar (see year.c). Written into fd;
 * progress counts entries. number as on any export. */
typedef struct YearCall {
        const Seer *seer;
        int year;
        const char *folder; /* of files without a name */
        int fd;
        void (*progress)(void *data, int64_t done, int64_t total);
        void *progress_data;
} YearCall;
/* -EFORBIDDEN_: the caller's office is not the node's own. */
int audit_year(Audit *audit, const YearCall *call, char ret_number[static EXPORT_NUMBER_MAX]) _must_check_;
/* Reads such an archive from a descriptor. 0: every file is as the manifest says and the manifest is signed by the key
 * that it names; -EBADMSG otherwise. line is told what was found. */
int audit_year_verify(int fd, const char *key, void (*line)(void *data, const char *text), void *data) _must_check_;

/* --- a collector outside --- */

/* Texts must live until syslog_stop. One of ca and pin. */
typedef struct SyslogOptions {
        const char *address; /* host:port */
        const char *ca;      /* PEM file of who may have issued its certificate */
        const char *pin;     /* SHA-256 of its certificate, hexadecimal */
        const char *host;    /* what the messages call this node; ASCII, may be empty */
} SyslogOptions;
typedef struct Syslog Syslog;
/* Its own thread; never waited for. */
int syslog_start(Audit *audit, const SyslogOptions *options, Syslog **ret) _must_check_;
/* Tries once more what is left. */
Syslog *syslog_stop(Syslog *syslog);
