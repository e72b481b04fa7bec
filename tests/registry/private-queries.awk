# SPDX-License-Identifier: Apache-2.0
# From a header: every "extern const Query a, b[5];" as a list of pointers, so that a query that is added is looked at too.
{ sub(/\/\*.*\*\//, "") }
/^extern const Query / { inside = 1 }
inside {
        text = text " " $0
        if (/;/) {
                inside = 0
                print text
                gsub(/extern const Query|;/, "", text)
                n = split(text, names, ",")
                for (i = 1; i <= n; i++) {
                        gsub(/[ \t]/, "", names[i])
                        size = 0
                        if (match(names[i], /\[[0-9]+\]/)) {
                                size = substr(names[i], RSTART + 1, RLENGTH - 2)
                                names[i] = substr(names[i], 1, RSTART - 1)
                        }
                        for (k = 0; k < size; k++)
                                list = list "        &" names[i] "[" k "],\n"
                        if (!size)
                                list = list "        &" names[i] ",\n"
                }
                text = ""
        }
}
END { printf "static const Query *const private_queries[] = {\n%s        NULL,\n};\n", list }
