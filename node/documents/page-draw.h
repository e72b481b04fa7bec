/* SPDX-License-Identifier: Apache-2.0 */
/* A page surface that keeps its bytes in memory. */
#pragma once

#include <node/paper.h>
#include <node/text.h>

#define PAPER_BYTES_MAX (8u << 20)

/* PDF is written into buffer, which must outlive the page. instant_ms stamps the file's creation time. */
int page_new(Buffer *buffer, int32_t width, int32_t height, Instant created, Page **ret) _must_check_;
/* Ends the document: the buffer is whole after this. -ENOMEM, -E2BIG, -EIO. */
int page_finish(Page *page) _must_check_;
Page *page_free(Page *page);
DEFINE_CLEANUP(Page, page_free)
/* Smallest box around what the last page_text drew, for tests of overflow. */
Box page_last_ink(const Page *page);
