/* SPDX-License-Identifier: Apache-2.0 */
/* The state machine of a session: what may be said when, how much at once, and when to give up. It knows
 * nothing of the meaning of what it carries. */
#include "machine.h"

#include <assert.h>
#include <node/error.h>
#include <node/wire.h>
#include <stdlib.h>
#include <string.h>

/* Batches without a receipt. The peer keeps FEDERATION_FRAMES_QUEUED_MAX frames: half is left for the rest.
 */
#define FLYING_MAX (FEDERATION_FRAMES_QUEUED_MAX / 2)
#define FRAMES_PER_PUSH 8 /* receipts do not wait until the whole queue is worked off */
#define OUT_QUEUE_MAX (FEDERATION_FRAMES_OUT_MAX + WORK_FRAMES_MAX)

typedef struct Flying {
        int64_t office, stream;
        Position position;
        int64_t size;
} Flying;

typedef struct Received {
        FrameKind kind;
        OutFrame frame;
} Received;

struct Machine {
        FederationRole role;
        MachineState state;
        char fingerprint[65];
        int64_t peer, now_ms, began_ms;
        const char *reason;

        Received received[FEDERATION_FRAMES_QUEUED_MAX];
        size_t n_received, received_first, worked; /* worked: frames since the last push */
        int64_t received_bytes;

        OutFrame out[OUT_QUEUE_MAX];
        size_t n_out, out_first;
        size_t unsent; /* taken by the adapter, not yet reported as sent */

        Work *waiting; /* made, not yet taken */
        bool working;  /* taken, not yet given back */
        bool greet, push, flows_wanted, ready_due, ready_received;

        PushPosition pushed;
        Flow *flows;
        size_t n_flows, flow_next;
        Flying flying[FLYING_MAX];
        size_t n_flying;
        int64_t flying_bytes, credit, heard_ms;
};

Work *work_free(Work *work) {
        if (!work)
                return NULL;
        free(work->frame.data);
        free(work->flows);
        for (size_t i = 0; i < work->n_frames; i++)
                free(work->frames[i].data);
        free(work);
        return NULL;
}

int work_frame(Work *work, uint8_t *data, size_t size) {
        if (work->n_frames == WORK_FRAMES_MAX || size > FEDERATION_FRAME_BYTES_MAX) {
                free(data);
                return -E2BIG;
        }
        work->frames[work->n_frames++] = (OutFrame){ data, size };
        return 0;
}

Machine *machine_new(FederationRole role, const char *fingerprint) {
        Machine *machine = calloc(1, sizeof *machine);

        if (!machine)
                return NULL;
        machine->role = role;
        machine->reason = "";
        if (fingerprint)
                strncpy(machine->fingerprint, fingerprint, sizeof machine->fingerprint - 1);
        return machine;
}

Machine *machine_free(Machine *machine) {
        if (!machine)
                return NULL;
        for (size_t i = 0; i < machine->n_received; i++)
                free(machine->received[(machine->received_first + i) % FEDERATION_FRAMES_QUEUED_MAX]
                                .frame.data);
        for (size_t i = 0; i < machine->n_out; i++)
                free(machine->out[(machine->out_first + i) % OUT_QUEUE_MAX].data);
        work_free(machine->waiting);
        free(machine->flows);
        free(machine);
        return NULL;
}

static void close_session(Machine *machine, const char *reason) {
        if (machine->state == MACHINE_CLOSED)
                return;
        machine->state = MACHINE_CLOSED;
        machine->reason = reason;
        machine->waiting = work_free(machine->waiting);
}

/* --- frames --- */

/* Which of the oneof the frame carries; the last one wins, as protobuf has it. */
static FrameKind frame_kind(Bytes frame) {
        FrameKind kind = FRAME_NONE;
        WireReader wire;
        WireField field;
        int r;

        wire_reader_init(&wire, frame);
        while ((r = wire_next(&wire, &field)) > 0)
                if (field.type == 2 && field.number >= FRAME_HELLO && field.number <= FRAME_RETURNED)
                        kind = (FrameKind) field.number;
        return r < 0 ? FRAME_NONE : kind;
}

static bool frame_allowed(const Machine *machine, FrameKind kind) {
        bool greeted = machine->state == MACHINE_CATCHING_UP || machine->state == MACHINE_OPEN;

        switch (kind) {
        case FRAME_HELLO:
                return !greeted && machine->n_received == 0;
        case FRAME_DIRECTORY:
                return true;
        case FRAME_BATCH:
                return machine->role == FEDERATION_DOWN;
        case FRAME_READY:
        case FRAME_ACKNOWLEDGEMENTS:
        case FRAME_REFUSAL:
        case FRAME_RETURNED:
                return machine->role == FEDERATION_UP;
        default:
                return false;
        }
}

static void receive(Machine *machine, Bytes frame) {
        FrameKind kind = frame.size <= FEDERATION_FRAME_BYTES_MAX ? frame_kind(frame) : FRAME_NONE;
        Received *slot;

        if (kind == FRAME_NONE) {
                close_session(machine, "malformed frame");
                return;
        }
        if (!frame_allowed(machine, kind)) {
                close_session(machine, "frame out of place");
                return;
        }
        if (machine->n_received == FEDERATION_FRAMES_QUEUED_MAX ||
                machine->received_bytes + (int64_t) frame.size >
                        FEDERATION_CREDIT_BYTES + FEDERATION_FRAME_BYTES_MAX) {
                close_session(machine, "more than the credit");
                return;
        }
        slot = &machine->received[(machine->received_first + machine->n_received) %
                                  FEDERATION_FRAMES_QUEUED_MAX];
        slot->kind = kind;
        slot->frame.data = malloc(frame.size ? frame.size : 1);
        if (!slot->frame.data) {
                close_session(machine, "out of memory");
                return;
        }
        memcpy(slot->frame.data, frame.data, frame.size);
        slot->frame.size = frame.size;
        machine->n_received++;
        machine->received_bytes += (int64_t) frame.size;
        machine->heard_ms = machine->now_ms;
}

static void queue_out(Machine *machine, OutFrame frame) {
        assert(machine->n_out < OUT_QUEUE_MAX);
        machine->out[(machine->out_first + machine->n_out++) % OUT_QUEUE_MAX] = frame;
}

static bool window_open(const Machine *machine) {
        return machine->n_out + machine->unsent < FEDERATION_FRAMES_OUT_MAX;
}

/* --- flows --- */

static Flow *flow_find(Machine *machine, int64_t office, int64_t stream) {
        for (size_t i = 0; i < machine->n_flows; i++)
                if (machine->flows[i].office == office && machine->flows[i].stream == stream)
                        return &machine->flows[i];
        return NULL;
}

static Flow *flow_make(Machine *machine, int64_t office, int64_t stream) {
        Flow *flow = flow_find(machine, office, stream), *more;

        if (flow)
                return flow;
        more = realloc(machine->flows, (machine->n_flows + 1) * sizeof *more);
        if (!more)
                return NULL;
        machine->flows = more;
        flow = &machine->flows[machine->n_flows++];
        *flow = (Flow){ .office = office, .stream = stream };
        return flow;
}

static void flying_landed(Machine *machine, int64_t office, int64_t stream, Position upto) {
        size_t kept = 0;

        for (size_t i = 0; i < machine->n_flying; i++) {
                const Flying *flying = &machine->flying[i];

                if (flying->office == office && flying->stream == stream &&
                        position_compare(flying->position, upto) <= 0)
                        machine->flying_bytes -= flying->size;
                else
                        machine->flying[kept++] = *flying;
        }
        machine->n_flying = kept;
}

static void flying_dropped(Machine *machine, int64_t office, int64_t stream) {
        flying_landed(machine, office, stream, (Position){ INT64_MAX, INT64_MAX });
}

/* The next stream with something to send, in turn, so that one office does not starve the others. */
static Flow *flow_due(Machine *machine) {
        if (!machine->ready_received || machine->n_flying == FLYING_MAX || !window_open(machine))
                return NULL;
        if (machine->n_flying > 0 && machine->flying_bytes >= machine->credit)
                return NULL;
        for (size_t i = 0; i < machine->n_flows; i++) {
                Flow *flow = &machine->flows[(machine->flow_next + i) % machine->n_flows];

                if (!flow->frozen && position_compare(flow->head, flow->sent) > 0) {
                        machine->flow_next = (machine->flow_next + i + 1) % machine->n_flows;
                        return flow;
                }
        }
        return NULL;
}

static void apply_verdict(Machine *machine, const FlowVerdict *said) {
        Flow *flow = flow_make(machine, said->office, said->stream);

        if (!flow) {
                close_session(machine, "out of memory");
                return;
        }
        switch (said->verdict) {
        case VERDICT_ADVANCED:
                flow->acknowledged = said->position;
                if (position_compare(flow->sent, said->position) < 0)
                        flow->sent = said->position;
                flying_landed(machine, said->office, said->stream, said->position);
                break;
        case VERDICT_RESEND:
                flow->sent = said->position;
                flying_dropped(machine, said->office, said->stream);
                break;
        case VERDICT_FROZEN:
                flow->frozen = true;
                flying_dropped(machine, said->office, said->stream);
                break;
        case VERDICT_NONE:
                break;
        }
}

static void apply_flows(Machine *machine, const Work *work) {
        for (size_t i = 0; i < work->n_flows; i++) {
                Flow *flow = flow_make(machine, work->flows[i].office, work->flows[i].stream);

                if (!flow) {
                        close_session(machine, "out of memory");
                        return;
                }
                flow->head = work->flows[i].head;
        }
}

static void apply_load(Machine *machine, const Work *work) {
        Flow *flow = flow_find(machine, work->office, work->stream);

        assert(flow);
        if (work->n_frames == 0) {
                flow->head = flow->sent; /* nothing after it: wait for the next look */
                return;
        }
        /* A receipt or a resend may have moved the stream meanwhile; what was loaded is then not the next.
         */
        flow->sent = work->position;
        machine->flying[machine->n_flying++] = (Flying){
                .office = work->office,
                .stream = work->stream,
                .position = work->position,
                .size = (int64_t) work->frames[0].size,
        };
        machine->flying_bytes += (int64_t) work->frames[0].size;
        if (machine->n_flying == 1)
                machine->heard_ms = machine->now_ms;
}

/* --- work --- */

static void apply_hello(Machine *machine, const Work *work) {
        machine->peer = work->peer;
        machine->credit = work->credit;
        machine->pushed.directory = work->directory_known;
        machine->state = MACHINE_CATCHING_UP;
        machine->push = true;
        if (machine->role == FEDERATION_DOWN) {
                machine->greet = true;
                machine->ready_due = true;
        }
}

static void apply_push(Machine *machine, const Work *work) {
        /* Frozen out of the window: positions only move with frames that were made. */
        machine->pushed = work->push;
        if (work->push_more)
                machine->push = true;
        else if (machine->ready_due) {
                /* Ready, an empty message: tag of field 2, length 0. */
                static const uint8_t ready[] = { FRAME_READY << 3 | 2, 0 };
                uint8_t *data = malloc(sizeof ready);

                if (!data) {
                        close_session(machine, "out of memory");
                        return;
                }
                memcpy(data, ready, sizeof ready);
                queue_out(machine, (OutFrame){ data, sizeof ready });
                machine->ready_due = false;
                machine->state = MACHINE_OPEN;
        }
}

static void done(Machine *machine, Work *work) {
        machine->working = false;
        if (machine->state == MACHINE_CLOSED)
                return;
        for (size_t i = 0; i < work->n_frames; i++) {
                queue_out(machine, work->frames[i]);
        }
        if (work->result < 0) {
                work->n_frames = 0;
                close_session(machine, work->reason ? work->reason : "failed");
                return;
        }
        switch (work->kind) {
        case WORK_GREET:
                break;
        case WORK_FRAME:
                if (work->frame_kind == FRAME_HELLO)
                        apply_hello(machine, work);
                else if (work->ready) {
                        machine->ready_received = true;
                        machine->flows_wanted = true;
                        machine->state = MACHINE_OPEN;
                }
                for (size_t i = 0; i < work->n_verdicts; i++)
                        apply_verdict(machine, &work->verdicts[i]);
                if (work->changed)
                        machine->push = true;
                break;
        case WORK_PUSH:
                apply_push(machine, work);
                break;
        case WORK_FLOWS:
                apply_flows(machine, work);
                break;
        case WORK_LOAD:
                apply_load(machine, work);
                break;
        }
        work->n_frames = 0; /* they are in the queue now */
}

static Work *work_new(Machine *machine, WorkKind kind) {
        Work *work = calloc(1, sizeof *work);

        if (!work) {
                close_session(machine, "out of memory");
                return NULL;
        }
        work->kind = kind;
        work->role = machine->role;
        work->peer = machine->peer;
        work->push = machine->pushed;
        memcpy(work->fingerprint, machine->fingerprint, sizeof work->fingerprint);
        return work;
}

static Work *work_on_frame(Machine *machine) {
        Received *slot = &machine->received[machine->received_first];
        Work *work = work_new(machine, WORK_FRAME);

        if (!work)
                return NULL;
        work->frame_kind = slot->kind;
        work->frame = slot->frame;
        *slot = (Received){};
        machine->received_first = (machine->received_first + 1) % FEDERATION_FRAMES_QUEUED_MAX;
        machine->n_received--;
        machine->received_bytes -= (int64_t) work->frame.size;
        return work;
}

static Work *choose_work(Machine *machine) {
        bool greeted = machine->state == MACHINE_CATCHING_UP || machine->state == MACHINE_OPEN;
        Flow *flow;
        Work *work;

        if (machine->greet) {
                machine->greet = false;
                return work_new(machine, WORK_GREET);
        }
        /* An answer may come out of every frame: do not read faster than we can write. */
        if (machine->n_received > 0 && window_open(machine) &&
                !(greeted && machine->push && machine->worked >= FRAMES_PER_PUSH)) {
                machine->worked++;
                return work_on_frame(machine);
        }
        if (greeted && machine->push && window_open(machine)) {
                machine->push = false;
                machine->worked = 0;
                return work_new(machine, WORK_PUSH);
        }
        if (machine->ready_received && machine->flows_wanted) {
                machine->flows_wanted = false;
                return work_new(machine, WORK_FLOWS);
        }
        flow = flow_due(machine);
        if (!flow)
                return NULL;
        work = work_new(machine, WORK_LOAD);
        if (work) {
                work->office = flow->office;
                work->stream = flow->stream;
                work->position = flow->sent;
        }
        return work;
}

static void tick(Machine *machine) {
        if (machine->state < MACHINE_OPEN &&
                machine->now_ms - machine->began_ms > FEDERATION_HELLO_WAIT_MS &&
                machine->state != MACHINE_CATCHING_UP)
                close_session(machine, "no hello");
        else if (machine->n_flying > 0 && machine->now_ms - machine->heard_ms > FEDERATION_ACK_WAIT_MS)
                close_session(machine, "no acknowledgement");
}

void machine_step(Machine *machine, const Input *input) {
        machine->now_ms = input->now_ms;
        if (input->kind == INPUT_DONE) {
                Work *work = input->work;

                done(machine, work);
                work_free(work);
        }
        if (machine->state == MACHINE_CLOSED)
                return;
        switch (input->kind) {
        case INPUT_CONNECTED:
                machine->state = MACHINE_GREETING;
                machine->began_ms = machine->heard_ms = input->now_ms;
                machine->greet = machine->role == FEDERATION_UP;
                break;
        case INPUT_FRAME:
                receive(machine, input->frame);
                break;
        case INPUT_SENT:
                if (machine->unsent > 0)
                        machine->unsent--;
                break;
        case INPUT_TICK:
                tick(machine);
                break;
        case INPUT_CHANGED:
                machine->push = true;
                machine->flows_wanted = true;
                break;
        case INPUT_DONE:
                break;
        }
        if (machine->state != MACHINE_CLOSED && machine->state != MACHINE_BEGIN && !machine->working &&
                !machine->waiting)
                machine->waiting = choose_work(machine);
}

Work *machine_take_work(Machine *machine) {
        Work *work = machine->waiting;

        machine->waiting = NULL;
        machine->working = work != NULL;
        return work;
}

bool machine_has_work(const Machine *machine) {
        return machine->waiting != NULL;
}

int machine_take_frame(Machine *machine, OutFrame *ret) {
        if (machine->n_out > 0) {
                *ret = machine->out[machine->out_first];
                machine->out[machine->out_first] = (OutFrame){};
                machine->out_first = (machine->out_first + 1) % OUT_QUEUE_MAX;
                machine->n_out--;
                machine->unsent++;
                return 1;
        }
        return machine->state == MACHINE_CLOSED ? -ESHUTDOWN : 0;
}

bool machine_speaks(const Machine *machine) {
        return machine->n_out > 0 || machine->state == MACHINE_CLOSED;
}

MachineState machine_state(const Machine *machine) {
        return machine->state;
}

const char *machine_reason(const Machine *machine) {
        return machine->reason;
}

int64_t machine_peer(const Machine *machine) {
        return machine->peer;
}
