/* SPDX-License-Identifier: Apache-2.0 */
/* An export: what to write, for whom, in which form; written on a worker or by a run. */
#pragma once

#include "export-sheet.h"
#include "web-private.h"

typedef struct ExportJob {
        Engine *engine;
        Audit *audit;
        Caller caller;
        Seer seer;
        const char *person_name, *office_name, *folder; /* folder: of files without a name */
        const View *view;
        ViewCall call;
        SheetForm form;
        void (*progress)(void *data, int64_t rows); /* may be NULL */
        void *progress_data;
} ExportJob;

typedef struct ExportFile {
        int fd; /* the receiver's */
        int64_t bytes, rows;
        char number[EXPORT_NUMBER_MAX];
} ExportFile;

int export_write(const ExportJob *job, ExportFile *ret) _must_check_;
const char *export_run_label(void);
/* export-api.c: the list at once, as the reply. */
void export_view(
        WebRequest *request, WebReply *reply, const View *view, const ViewCall *call, SheetForm form);
