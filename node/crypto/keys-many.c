/* SPDX-License-Identifier: Apache-2.0 */
/* Several operations of keys: at once where the keys know how, otherwise one after the other. */

#include <node/crypto.h>

static int task_do(const Keys *keys, KeysTask *task, Arena *arena) {
        if (task->seal)
                return keys->seal(
                        keys->data, task->purpose, task->associated, task->message, arena, &task->sealed);
        return keys->mac(keys->data, task->purpose, task->message.data, task->message.size, &task->mac);
}

/* What one exchange may hold of a single operation; longer ones go by themselves. */
#define TASK_BYTES_MAX ((size_t) 16 << 10)

static bool tasks_small(const KeysTask *tasks, size_t n) {
        for (size_t i = 0; i < n; i++)
                if (tasks[i].associated.size > TASK_BYTES_MAX || tasks[i].message.size > TASK_BYTES_MAX)
                        return false;
        return true;
}

int keys_many(const Keys *keys, KeysTask *tasks, size_t n, Arena *arena) {
        int r = 0;

        if (keys->many && n > 1 && tasks_small(tasks, n))
                return keys->many(keys->data, tasks, n, arena);
        for (size_t i = 0; r >= 0 && i < n; i++)
                r = task_do(keys, &tasks[i], arena);
        return r;
}
