/* SPDX-License-Identifier: Apache-2.0 */
/* Inputs and outputs of the commands on exchange: field lists become descriptors here. */

#include "exchange-records.h"

#define FIELD(name_, kind_, ...) FIELD_ROW(FIELDS_OF, name_, kind_, __VA_ARGS__)
#define VALUE(variable_, name_, label_, type_)                                                              \
        const Record record_##variable_ = {                                                                 \
                .name = name_,                                                                              \
                .label = label_,                                                                            \
                .shape = SHAPE_VALUE,                                                                       \
                RECORD_FIELDS(variable_##_fields, type_),                                                   \
        }

#define FIELDS_OF CreatePartner
static const Field create_partner_fields[] = {
#include "create_partner.def"
};
#undef FIELDS_OF
VALUE(create_partner, "essential.create_partner", "接口对端登记", CreatePartner);

#define FIELDS_OF ChangePartner
static const Field change_partner_fields[] = {
#include "change_partner.def"
};
#undef FIELDS_OF
VALUE(change_partner, "essential.change_partner", "接口对端变更", ChangePartner);

#define FIELDS_OF ApprovePartner
static const Field approve_partner_fields[] = {
#include "approve_partner.def"
};
#undef FIELDS_OF
VALUE(approve_partner, "essential.approve_partner", "接口对端批准", ApprovePartner);

#define FIELDS_OF RevokePartner
static const Field revoke_partner_fields[] = {
#include "revoke_partner.def"
};
#undef FIELDS_OF
VALUE(revoke_partner, "essential.revoke_partner", "接口对端停用", RevokePartner);

#define FIELDS_OF NoteAccess
static const Field note_access_fields[] = {
#include "note_access.def"
};
#undef FIELDS_OF
VALUE(note_access, "essential.note_access", "对端查询", NoteAccess);

#define FIELDS_OF ExchangePushOwner
static const Field exchange_push_owner_fields[] = {
#include "exchange_push_owner.def"
};
#undef FIELDS_OF
VALUE(exchange_push_owner, "essential.exchange_push_owner", "报文业主", ExchangePushOwner);

#define FIELDS_OF ExchangeRow
static const Field exchange_row_fields[] = {
#include "exchange_row.def"
};
#undef FIELDS_OF
VALUE(exchange_row, "essential.exchange_row", "报文行", ExchangeRow);

#define FIELDS_OF ExchangePush
static const Field exchange_push_fields[] = {
#include "exchange_push.def"
};
#undef FIELDS_OF
VALUE(exchange_push, "essential.exchange_push", "对端报文", ExchangePush);

#define FIELDS_OF ExchangeAreaRow
static const Field exchange_area_row_fields[] = {
#include "exchange_area_row.def"
};
#undef FIELDS_OF
VALUE(exchange_area_row, "essential.exchange_area_row", "面积表行", ExchangeAreaRow);

#define FIELDS_OF ExchangeAreaTable
static const Field exchange_area_table_fields[] = {
#include "exchange_area_table.def"
};
#undef FIELDS_OF
VALUE(exchange_area_table, "essential.exchange_area_table", "面积表", ExchangeAreaTable);

#define FIELDS_OF ExchangeReceipt
static const Field exchange_receipt_fields[] = {
#include "exchange_receipt.def"
};
#undef FIELDS_OF
VALUE(exchange_receipt, "essential.exchange_receipt", "报文回执", ExchangeReceipt);

#define FIELDS_OF DecideDifference
static const Field decide_difference_fields[] = {
#include "decide_difference.def"
};
#undef FIELDS_OF
VALUE(decide_difference, "essential.decide_difference", "差异处理", DecideDifference);

#define FIELDS_OF DecideList
static const Field decide_list_fields[] = {
#include "decide_list.def"
};
#undef FIELDS_OF
VALUE(decide_list, "essential.decide_list", "差异批量处理", DecideList);

#define FIELDS_OF CheckList
static const Field check_list_fields[] = {
#include "check_list.def"
};
#undef FIELDS_OF
VALUE(check_list, "essential.check_list", "差异复核", CheckList);

#define FIELDS_OF Decided
static const Field decided_fields[] = {
#include "decided.def"
};
#undef FIELDS_OF
VALUE(decided, "essential.decided", "差异处理结果", Decided);

#define FIELDS_OF CloseList
static const Field close_list_fields[] = {
#include "close_list.def"
};
#undef FIELDS_OF
VALUE(close_list, "essential.close_list", "差异清单办结", CloseList);
