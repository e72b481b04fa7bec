/* SPDX-License-Identifier: Apache-2.0 */
/* Table of contents of node/documents. */

#include <internal/papers.h>

#include "documents-record.h"

#define FIELD(name, kind, ...) FIELD_ROW(ArchivedPaper, name, kind, __VA_ARGS__)
static const Field paper_fields[] = {
#include "paper.def"
};
#undef FIELD
#define FIELD(name, kind, ...) FIELD_ROW(ArchiveInput, name, kind, __VA_ARGS__)
static const Field archive_input_fields[] = {
#include "paper.def"
};
#undef FIELD

static const char *const paper_unique[] = { "kind,subject", NULL };

const Record record_paper = {
        .name = "paper",
        .label = "归档打印件",
        .clause = "5.2.1.4",
        .number = 30,
        .shape = SHAPE_LEDGER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(paper_fields, ArchivedPaper),
        .unique = paper_unique,
};

const Record record_archive_input = {
        .name = "archive_input",
        .label = "归档打印件",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(archive_input_fields, ArchiveInput),
};

static const Column paper_columns[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN },
        { "kind", "凭证种类", KIND_TEXT, COLUMN_FILTER },
        { "subject", "业务编号", KIND_ID, COLUMN_FILTER },
        { "digest", "文件摘要", KIND_TEXT, COLUMN_FILTER },
        { "size", "字节数", KIND_INTEGER, 0 },
        { "pages", "页数", KIND_INTEGER, COLUMN_SUM },
        { "cuts", "截断处数", KIND_INTEGER, 0 },
        { 0 },
};
static const View view_papers = {
        .name = "documents.papers",
        .label = "归档打印件",
        .help = "这里是已打印归档的单据，第一次打印时自动归档，再打印仍是同一份。",
        .clause = "5.2.1.4",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &query_papers,
        .columns = paper_columns,
        .scope = "office",
        .key = "id",
        .descending = true,
};

#define FIELD(name, kind, ...) FIELD_ROW(ImportFile, name, kind, __VA_ARGS__)
static const Field import_file_fields[] = {
#include "import-file.def"
};
#undef FIELD
#define FIELD(name, kind, ...) FIELD_ROW(ImportFileInput, name, kind, __VA_ARGS__)
static const Field import_file_input_fields[] = {
#include "import-file.def"
};
#undef FIELD

const Record record_import_file = {
        .name = "import_file",
        .label = "导入文件",
        .clause = "4.1.1",
        .number = 31,
        .shape = SHAPE_LEDGER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(import_file_fields, ImportFile),
};

const Record record_import_file_input = {
        .name = "import_file_input",
        .label = "登记导入文件",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(import_file_input_fields, ImportFileInput),
};

static const Column import_columns[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN },
        { .name = "kind",
                .label = "导入种类",
                .kind = KIND_CODE,
                .codes = CODES_IMPORTER,
                .flags = COLUMN_FILTER },
        { "file", "文件名", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS },
        { "person", "经办人", KIND_ID, COLUMN_FILTER },
        { "imported", "导入时间", KIND_INSTANT, COLUMN_FILTER },
        { "accepted", "合格行数", KIND_INTEGER, COLUMN_SUM },
        { "rejected", "问题行数", KIND_INTEGER, COLUMN_SUM },
        { "created", "新增", KIND_INTEGER, COLUMN_SUM },
        { "changed", "变更", KIND_INTEGER, COLUMN_SUM },
        { "unchanged", "未变", KIND_INTEGER, COLUMN_SUM },
        { "digest", "文件摘要", KIND_TEXT, COLUMN_FILTER },
        { 0 },
};
static const View view_imports = {
        .name = "documents.imports",
        .label = "导入记录",
        .help = "这里是导入过的文件和结果。在“楼盘表导入”中上传文件。",
        .clause = "4.1.1",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &query_imports,
        .columns = import_columns,
        .scope = "office",
        .key = "id",
        .descending = true,
        .menu = "要件与导入",
};

static const Record *const records[] = { &record_paper, &record_archive_input, &record_import_file,
        &record_import_file_input, NULL };
static const Command *const commands[] = { &command_archive, &command_record_import, NULL };
static const View *const views[] = { &view_papers, &view_imports, NULL };
static const Query *const queries[] = { &query_paper_by_subject, &query_import_by_digest,
        &query_upload_keep, &query_upload_own, NULL };

static const ErrorText errors[] = {
#define ERROR(code, sentence, clause) { code, sentence, clause },
#include "errors.def"
#undef ERROR
        { 0 },
};

const Module module_documents = {
        .name = "documents",
        .label = "打印与文件",
        .clause = "5.2.1.4",
        .capabilities = CAPABILITY_BUSINESS,
        .migrations = documents_migrations,
        .records = records,
        .queries = queries,
        .commands = commands,
        .views = views,
        .errors = errors,
};
