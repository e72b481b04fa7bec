/* SPDX-License-Identifier: Apache-2.0 */
/* Rows this folder owns. */
#pragma once

#include <node/command.h>
#include <node/module.h>

typedef struct ArchivedPaper {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "paper.def"
#undef FIELD
} ArchivedPaper;

/* Input of documents.archive: the same fields without a head. */
typedef struct ArchiveInput {
#define FIELD FIELD_MEMBER
#include "paper.def"
#undef FIELD
} ArchiveInput;

typedef struct ImportFile {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "import-file.def"
#undef FIELD
} ImportFile;

/* Input of documents.record_import: the same fields without a head. */
typedef struct ImportFileInput {
#define FIELD FIELD_MEMBER
#include "import-file.def"
#undef FIELD
} ImportFileInput;

extern const Record record_import_file, record_import_file_input;
extern const Command command_record_import;
extern const Query query_import_by_digest, query_imports;
extern const Record record_paper, record_archive_input;
extern const Command command_archive;
extern const Migration documents_migrations[];
extern const Query query_paper_by_subject;
extern const Query query_papers, query_upload_keep, query_upload_own;
