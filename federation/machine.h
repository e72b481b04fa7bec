/* SPDX-License-Identifier: Apache-2.0 */
/* The session as a state machine, without network, store or clock: inputs go in by machine_step(), frames
 * and work come out by machine_take_*(). Frames are opaque here: work (work.h) reads and writes them.
 *
 *   BEGIN --connected--> GREETING --hello accepted--> CATCHING_UP --all said (down) / Ready (up)--> OPEN
 *     any of them --refused, too late, too much--> CLOSED
 *
 * One piece of work at a time; frames are worked on in order of arrival. */
#pragma once

#include <federation/session.h>

typedef enum MachineState {
        MACHINE_BEGIN,
        MACHINE_GREETING,
        MACHINE_CATCHING_UP,
        MACHINE_OPEN,
        MACHINE_CLOSED
} MachineState;

/* Numbers of the oneof in federation.proto */
typedef enum FrameKind {
        FRAME_NONE = 0,
        FRAME_HELLO = 1,
        FRAME_READY = 2,
        FRAME_BATCH = 3,
        FRAME_ACKNOWLEDGEMENTS = 4,
        FRAME_REFUSAL = 5,
        FRAME_DIRECTORY = 6,
        FRAME_RETURNED = 7,
} FrameKind;

typedef enum WorkKind {
        WORK_GREET, /* make our hello */
        WORK_FRAME, /* act on a received frame */
        WORK_PUSH,  /* acknowledgements, returned rows (down) and directory entries (both ways) not yet said
                     */
        WORK_FLOWS, /* which streams there are to send, and how far they go */
        WORK_LOAD,  /* the next batch of one stream */
} WorkKind;

typedef struct Position {
        int64_t epoch, seq;
} Position;

static inline int position_compare(Position a, Position b) {
        if (a.epoch != b.epoch)
                return a.epoch < b.epoch ? -1 : 1;
        return a.seq < b.seq ? -1 : a.seq > b.seq;
}

typedef struct Flow {
        int64_t office, stream;
        Position head; /* in our archive */
        Position sent, acknowledged;
        bool frozen; /* fork, refused: nothing more in this session */
} Flow;

typedef struct OutFrame {
        uint8_t *data; /* malloc'd */
        size_t size;
} OutFrame;
#define WORK_FRAMES_MAX 8

/* How far this session has told its peer what comes from tables with serials. */
typedef struct PushPosition {
        int64_t acknowledgements, returned, directory;
} PushPosition;

/* What a worked-on frame said about one of our streams. */
typedef enum Verdict {
        VERDICT_NONE,
        VERDICT_ADVANCED, /* acknowledged up to position */
        VERDICT_RESEND,   /* gap: begin again after position */
        VERDICT_FROZEN,   /* fork or refusal: stop this stream */
} Verdict;

#define WORK_VERDICTS_MAX 64
typedef struct FlowVerdict {
        int64_t office, stream;
        Position position;
        Verdict verdict;
} FlowVerdict;

typedef struct Work {
        WorkKind kind;
        FrameKind frame_kind;
        FederationRole role;
        char fingerprint[65];
        int64_t peer;           /* in: office of the peer; out of an accepted hello: the same, first time */
        OutFrame frame;         /* in: WORK_FRAME */
        int64_t office, stream; /* in: WORK_LOAD */
        Position position;      /* in: load after; out: of what was loaded */
        PushPosition push;      /* in and out */
        bool push_more;         /* out: call again */
        FlowVerdict verdicts[WORK_VERDICTS_MAX]; /* out */
        size_t n_verdicts;
        int64_t credit;          /* out of a hello */
        int64_t directory_known; /* out of a hello: serial of our directory that the peer holds */
        Flow *flows;             /* out: malloc'd */
        size_t n_flows;
        OutFrame frames[WORK_FRAMES_MAX]; /* out */
        size_t n_frames;
        bool changed;       /* out: other sessions may have something new to say */
        bool ready;         /* out: the peer said Ready */
        int result;         /* negative: the session is closed */
        const char *reason; /* static text */
} Work;
Work *work_free(Work *work);
DEFINE_CLEANUP(Work, work_free)
/* Takes over data. */
int work_frame(Work *work, uint8_t *data, size_t size) _must_check_;

typedef struct Machine Machine;
Machine *machine_new(FederationRole role, const char *fingerprint);
Machine *machine_free(Machine *machine);
DEFINE_CLEANUP(Machine, machine_free)

typedef enum InputKind {
        INPUT_CONNECTED,
        INPUT_FRAME,
        INPUT_SENT,
        INPUT_TICK,
        INPUT_CHANGED,
        INPUT_DONE
} InputKind;
typedef struct Input {
        InputKind kind;
        int64_t now_ms; /* monotonic */
        Bytes frame;    /* INPUT_FRAME; copied */
        Work *work;     /* INPUT_DONE; taken over */
} Input;
void machine_step(Machine *machine, const Input *input);

/* NULL when there is nothing to do; at most one at a time, to be given back by INPUT_DONE. */
Work *machine_take_work(Machine *machine);
bool machine_has_work(const Machine *machine);
/* 1 a frame, 0 none, -ESHUTDOWN closed. */
int machine_take_frame(Machine *machine, OutFrame *ret) _must_check_;
/* Has take_frame something to say (a frame, or that it is closed)? */
bool machine_speaks(const Machine *machine);
MachineState machine_state(const Machine *machine);
const char *machine_reason(const Machine *machine);
int64_t machine_peer(const Machine *machine);
