/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a typed place. A number is what the word behind it says; numbers without a word are room; building
 * and room; building, unit and room. Everything else is the name of the area. */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "place-codes.h"
#include "place.h"

typedef struct Reader {
        const char *text, *at;
        Arena *arena;
        char *area;                      /* grows in place */
        const char *marked[PLACE_PARTS]; /* by the word behind it */
        const char *plain[PLACE_PARTS];  /* without one, in order */
        size_t n_plain;
} Reader;

static bool separator(char c) {
        return c == ' ' || c == '-' || c == ',' || c == '/' || c == '_' || c == '#';
}

/* Of a number: ASCII letters and digits. */
static bool number_character(char c) {
        return isalnum((unsigned char) c) && (unsigned char) c < 0x80;
}

static const PlaceWord *word_at(const char *at) {
        for (const PlaceWord *word = place_words; word->word; word++)
                if (strncmp(at, word->word, strlen(word->word)) == 0)
                        return word;
        return NULL;
}

const char *place_capitals(const char *from, size_t size, Arena *arena) {
        char *copy = arena_strndup(arena, from, size);

        for (char *at = copy; at && *at; at++)
                *at = (char) toupper((unsigned char) *at);
        return copy;
}

static void area_add(Reader *reader, const char *from, size_t size, bool apart) {
        char *end = reader->area + strlen(reader->area);

        if (apart && end > reader->area && end[-1] != ' ')
                *end++ = ' ';
        memcpy(end, from, size);
        end[size] = 0;
}

static int number_keep(Reader *reader, const char *from, size_t size, const PlaceWord *word) {
        const char *number = place_capitals(from, size, reader->arena);

        if (!number)
                return -ENOMEM;
        if (word)
                reader->marked[word->part] = number;
        else {
                if (reader->n_plain == PLACE_PARTS) /* what stands before the last three leads nowhere */
                        memmove(reader->plain, reader->plain + 1,
                                --reader->n_plain * sizeof(*reader->plain));
                reader->plain[reader->n_plain++] = number;
        }
        return 0;
}

/* A number ends at a separator, a word of places or the end; before any other word it is part of a name. */
static int number_read(Reader *reader) {
        const char *from = reader->at;
        const PlaceWord *word;

        while (number_character(*reader->at))
                reader->at++;
        size_t size = (size_t) (reader->at - from);
        word = word_at(reader->at);
        if (!word && *reader->at && !separator(*reader->at)) {
                area_add(reader, from, size, from > reader->text && separator(from[-1]));
                return 0;
        }
        reader->at += word ? strlen(word->word) : 0;
        return number_keep(reader, from, size, word);
}

static int place_read(Reader *reader) {
        int r = 0;

        while (r >= 0 && *reader->at) {
                if (separator(*reader->at))
                        reader->at++;
                else if (number_character(*reader->at))
                        r = number_read(reader);
                else {
                        const char *from = reader->at;

                        while (*reader->at && !separator(*reader->at) && !number_character(*reader->at))
                                reader->at++;
                        area_add(reader, from, (size_t) (reader->at - from),
                                from > reader->text && separator(from[-1]));
                }
        }
        return r;
}

/* Numbers without a word fill what no word has claimed, from the room upwards. */
static void plain_place(Reader *reader) {
        static const PlacePart orders[][PLACE_PARTS] = {
                { PLACE_ROOM },
                { PLACE_BUILDING, PLACE_ROOM },
                { PLACE_BUILDING, PLACE_UNIT, PLACE_ROOM },
        };
        size_t n = reader->n_plain, free = 0;

        for (size_t i = 0; i < PLACE_PARTS; i++)
                free += !reader->marked[i];
        if (n == free && n < PLACE_PARTS) { /* each has one place left */
                for (size_t i = 0, k = 0; i < PLACE_PARTS; i++)
                        if (!reader->marked[i])
                                reader->marked[i] = reader->plain[k++];
                return;
        }
        for (size_t i = 0; i < n; i++)
                if (!reader->marked[orders[n - 1][i]])
                        reader->marked[orders[n - 1][i]] = reader->plain[i];
}

static const char *given(const char *text) {
        return text ? text : "";
}

int place_parse(const char *text, Arena *arena, Place *ret) {
        Reader reader = { .text = text, .at = text, .arena = arena };
        int r;

        reader.area = arena_alloc(arena, 2 * strlen(text) + 1);
        if (!reader.area)
                return -ENOMEM;
        *reader.area = 0;
        r = place_read(&reader);
        if (r < 0)
                return r;
        plain_place(&reader);
        *ret = (Place){
                .area = reader.area,
                .building = given(reader.marked[PLACE_BUILDING]),
                .unit = given(reader.marked[PLACE_UNIT]),
                .room = given(reader.marked[PLACE_ROOM]),
        };
        return 0;
}
