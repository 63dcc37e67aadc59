package huitu;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Features of each character of a text as 64-bit keys (特征).
 *
 * <p>A template combines a few columns (the character two to the left, the word's tag, what the lexicons say ...); its
 * key is a hash of its number and the columns' values. Columns have a value a character, those of words a value a word.
 */
public final class Features {
    public static final int TEMPLATES = 80;

    // SplitMix64's constants (Steele, Lea, Flood 2014): well mixed bits from a multiply and a shift.
    private static final long STEP = 0x9E3779B97F4A7C15L;
    private static final long MIX = 0xBF58476D1CE4E5B9L;

    private static final String[] PAIRS = {"“”", "《》", "()"};
    /** Parts of speech that cut a noun phrase off: verbs, prepositions, conjunctions, particles, pronouns, adverbs. */
    private static final String CUTTING = "vpcurdwfy";
    private static final int LONGEST_HEAD = 6;
    private static final int FAR = 15;

    private final int length;
    private final int[] codes;
    private final int[] types;
    private final long[] folded;

    // Of words: hashes of words and tags, kind and size of their heads, bounds, whether they cut a phrase off.
    private final long[] words;
    private final long[] tags;
    private final int[] heads;
    private final int[] starts;
    private final int[] ends;
    private final boolean[] cuts;
    /** By character its word, and the place in it: 1 not the first, 2 not the last. */
    private final int[] of;
    private final int[] place;

    // How far heads, delimiters and titles are: by character the last such place before, or the next.
    private final int[] nounHeads;
    private final int[] nextDelimiter;
    private final int[] nextCut;
    private final int[] nextHead;
    private final int[] lastHead;
    private final int[] phraseBegin;
    private final int[] lastTitle;
    private final int[] lastDelimiter;
    private final int[] nextTitle;
    private final int[] line;
    private final int[] lastColon;

    // By pair of marks and character.
    private final int[][] opened = new int[PAIRS.length][];
    private final int[][] closed = new int[PAIRS.length][];
    private final int[][] closes = new int[PAIRS.length][];
    private final int[][] reopens = new int[PAIRS.length][];

    private final int[][] known;
    private final boolean[] again;

    // Where the keys of the character go that is being read.
    private long[] keys;
    private int begin;
    private int template;

    /** A text that is not empty, with the ends of its words, which cover it, and their tags with a space between. */
    Features(Lexicons lexicons, String text, int[] ends, String tags) {
        codes = text.codePoints().toArray();
        length = codes.length;
        types = new int[length];
        folded = new long[length];
        for (int i = 0; i < length; i++) {
            types[i] = Characters.type(codes[i]);
            folded[i] = codes[i];
            if (types[i] == Characters.DIGIT) {
                folded[i] = '0';
            } else if (codes[i] >= 'A' && codes[i] <= 'Z') {
                folded[i] = codes[i] + ('a' - 'A');
            }
        }
        int count = ends.length;
        this.ends = ends;
        starts = new int[count];
        words = new long[count];
        this.tags = new long[count];
        heads = new int[count];
        cuts = new boolean[count];
        of = new int[length];
        place = new int[length];
        String[] tag = tags.split(" ");
        CRC32 crc = new CRC32();
        for (int word = 0; word < count; word++) {
            starts[word] = word == 0 ? 0 : ends[word - 1];
            words[word] = hash(crc, new String(codes, starts[word], ends[word] - starts[word]));
            this.tags[word] = hash(crc, tag[word]);
            heads[word] = head(lexicons, starts[word], ends[word]);
            cuts[word] = CUTTING.indexOf(tag[word].charAt(0)) >= 0 && !tag[word].equals("vn");
            for (int i = starts[word]; i < ends[word]; i++) {
                of[i] = word;
                place[i] = (i > starts[word] ? 1 : 0) + (i < ends[word] - 1 ? 2 : 0);
            }
        }
        nounHeads = new int[length];
        boolean[] delimiters = new boolean[length];
        boolean[] cutStarts = new boolean[length];
        boolean[] cutEnds = new boolean[length];
        boolean[] titleStarts = new boolean[length];
        boolean[] titleEnds = new boolean[length];
        for (int i = 0; i < length; i++) {
            delimiters[i] = Characters.isDelimiter(types[i]);
            cutStarts[i] = cutEnds[i] = delimiters[i];
        }
        for (int word = 0; word < count; word++) {
            boolean title = heads[word] >= lexicons.title;
            nounHeads[ends[word] - 1] = title ? 0 : heads[word];
            titleStarts[starts[word]] = titleEnds[ends[word] - 1] = title;
            cutStarts[starts[word]] |= cuts[word];
            cutEnds[ends[word] - 1] |= cuts[word];
        }
        boolean[] headEnds = Places.where(nounHeads);
        nextDelimiter = Places.next(delimiters);
        nextCut = Places.next(cutStarts);
        nextHead = Places.next(headEnds);
        lastHead = Places.last(headEnds);
        phraseBegin = Places.last(cutEnds);
        lastTitle = Places.last(titleEnds);
        lastDelimiter = Places.last(delimiters);
        nextTitle = Places.next(titleStarts);
        boolean[] lines = are(Characters.LINE);
        line = Places.last(lines);
        lastColon = Places.last(are(Characters.COLON));
        for (int pair = 0; pair < PAIRS.length; pair++) {
            boolean[] opens = are(Characters.type(PAIRS[pair].charAt(0)));
            boolean[] shuts = are(Characters.type(PAIRS[pair].charAt(1)));
            opened[pair] = Places.last(opens);
            closed[pair] = Places.last(Places.either(shuts, lines));
            closes[pair] = Places.next(shuts);
            reopens[pair] = Places.next(Places.either(opens, lines));
        }
        known = lexicons.columns(codes);
        again = again();
    }

    int length() {
        return length;
    }

    /** Put the keys of a character into an array, one a template, from a place on. */
    void at(int i, long[] keys, int from) {
        this.keys = keys;
        begin = from;
        template = 0;
        addCharacters(i);
        addWords(i);
        addHeads(i);
        addMarks(i);
        for (int[] column : known) {
            add(column[i]);
            add(column[i], cell(column, i - 1));
            add(column[i], cell(column, i + 1));
            add(column[i], place[i], tag(i, 0));
        }
        addRepeats(i);
    }

    private void addCharacters(int i) {
        for (int k = -3; k <= 3; k++) {
            add(c(i + k));
        }
        for (int k = -3; k < 3; k++) {
            add(c(i + k), c(i + k + 1));
        }
        add(c(i - 1), c(i + 1));
        for (int k = -3; k < 2; k++) {
            add(c(i + k), c(i + k + 1), c(i + k + 2));
        }
        add(c(i - 3), c(i - 2), c(i - 1), c(i));
        add(c(i), c(i + 1), c(i + 2), c(i + 3));
        add(known[known.length - 1][i], y(i - 1));
        add(y(i - 1), y(i), y(i + 1));
        add(y(i - 3), y(i - 2), y(i - 1), y(i));
        add(y(i), y(i + 1), y(i + 2), y(i + 3));
    }

    private void addWords(int i) {
        int p = place[i];
        for (int k = -2; k <= 2; k++) {
            add(p, word(i, k));
        }
        add(p, tag(i, 0));
        add(p, tag(i, -1), tag(i, 0));
        add(p, tag(i, 0), tag(i, 1));
        add(p, tag(i, -1), tag(i, 0), tag(i, 1));
        add(p, word(i, -1), tag(i, 0));
        add(p, tag(i, 0), word(i, 1));
        add(p, tag(i, -2), tag(i, -1));
        add(p, tag(i, 1), tag(i, 2));
        int before = i - starts[of[i]];
        int behind = ends[of[i]] - 1 - i;
        add(Math.min(before, 4), Math.min(behind, 4), Math.min(before + behind + 1, 5), tag(i, 0));
        for (int k = -1; k <= 1; k += 2) {
            boolean inside = i + k >= 0 && i + k < length;
            add(cell(place, i + k), inside ? tag(i + k, 0) : 0, p, tag(i, 0));
        }
        add(p, headOf(i, 0) / 8, headOf(i, 1) / 8, headOf(i, -1) / 8);
        add(p, headOf(i, 0));
    }

    /**
     * How far the head of the name lies to the right, and where the noun phrase begins and ends.
     *
     * <p>中国科学院自动化研究所与  at 科: head 研究所, 8 characters on, phrase cut by 与 behind it
     */
    private void addHeads(int i) {
        boolean reached = nextHead[i] < nextDelimiter[i];
        int first = reached ? nounHeads[nextHead[i]] : 0;
        add(first, reached ? bucket(nextHead[i] - i) : FAR);
        add(first / 8, place[i]);
        // The last head before a delimiter, a verb or a function word: the head of the longest phrase.
        int stop = Math.min(nextCut[i], length) - 1;
        int last = lastHead[Math.max(stop, 0)];
        int head = last >= i ? nounHeads[last] : 0;
        int distance = last >= i ? bucket(last - i) : FAR;
        add(head, distance);
        add(head / 8, place[i], first / 8);
        add(head / 8, folded[Math.min(stop + 1, length - 1)]);
        add(head / 8, distance, folded[i]);
        int begin = i > 0 ? phraseBegin[i - 1] : -1;
        int left = bucket(i - begin - 1);
        long before = begin >= 0 ? words[of[begin]] : 7;
        add(left, head / 8);
        add(before, left == 0 ? 1 : 0, head / 8);
        add(before, left);
        // Names of people follow titles, and sometimes go before them.
        int title = i > 0 ? lastTitle[i - 1] : -1;
        add(title > lastDelimiter[i] ? bucket(i - title - 1) : FAR, tag(i, 0), place[i]);
        add(nextTitle[i] < nextDelimiter[i] ? bucket(nextTitle[i] - i) : FAR, place[i]);
        // The first word of the line, and the word before its colon (主办单位:).
        int lineStart = line[i] + 1;
        add(words[of[Math.min(lineStart, length - 1)]], i > lineStart ? 1 : 0);
        add(lastColon[i] > lineStart ? words[of[Math.max(lastColon[i] - 1, 0)]] : 0);
    }

    /** Whether quotes, book marks or brackets are open, how long they are, and what stands around them. */
    private void addMarks(int i) {
        int[] state = new int[PAIRS.length];
        for (int pair = 0; pair < PAIRS.length; pair++) {
            int open = opened[pair][i];
            int close = closes[pair][i];
            boolean inside = open > closed[pair][i] && i - open < 60 && close < reopens[pair][i];
            if (inside) {
                state[pair] = 1 + (i == open ? 1 : 0) + (i == open + 1 ? 2 : 0) + (close == i + 1 ? 4 : 0);
            }
            if (pair == PAIRS.length - 1) {
                break;
            }
            int end = Math.min(close, length - 1);
            int start = Math.max(open, 0);
            int edge = (i == open + 1 ? 1 : 0) + (i == close - 1 ? 2 : 0);
            int in = inside ? 1 : 0;
            add(inside ? near(end + 1) * 65536 + near(end + 2) : 0, in, edge);
            add(inside ? near(start - 1) + 65536 * near(start - 2) : 0, in, edge);
            add(inside ? near(end - 1) + 65536 * near(end - 2) : 0, in, edge);
            add(inside ? bucket(end - start - 1) : FAR, edge);
        }
        add(state[0], state[1]);
        add(state[2], types[i]);
    }

    /** Whether the four characters from here come again in the document: names do. */
    private void addRepeats(int i) {
        int han = types[i] == Characters.HAN ? 1 : 0;
        add(again(i), again(i - 1), han);
        add(covered(i), covered(i - 1), covered(i + 1), han);
    }

    /** By character whether the four from here come again; up to 65,535 characters fit into a number each. */
    private boolean[] again() {
        long[] ordered = Arrays.copyOf(folded, length);
        Arrays.sort(ordered);
        long[] four = new long[length];
        for (int i = length - 1; i >= 0; i--) {
            // Which of its equals a search finds depends on nothing but the value.
            long rank = Arrays.binarySearch(ordered, folded[i]) + 1;
            four[i] = rank << 48 | (i + 1 < length ? four[i + 1] >>> 16 : 0);
        }
        long[] sorted = Arrays.copyOf(four, length);
        Arrays.sort(sorted);
        boolean[] again = new boolean[length];
        for (int i = 0; i < length; i++) {
            int found = Arrays.binarySearch(sorted, four[i]);
            again[i] = found > 0 && sorted[found - 1] == four[i] || found + 1 < length && sorted[found + 1] == four[i];
        }
        return again;
    }

    private int again(int i) {
        return i >= 0 && i < length && again[i] ? 1 : 0;
    }

    private int covered(int i) {
        return i >= 0 && i < length ? again(i) | again(i - 1) | again(i - 2) | again(i - 3) : 0;
    }

    private long c(int i) {
        return i >= 0 && i < length ? folded[i] : 1;
    }

    private int y(int i) {
        return i >= 0 && i < length ? types[i] : Characters.LINE;
    }

    private long near(int i) {
        return folded[Math.max(0, Math.min(i, length - 1))];
    }

    private static int cell(int[] column, int i) {
        return i >= 0 && i < column.length ? column[i] : 0;
    }

    private long word(int i, int k) {
        int number = of[i] + k;
        return number >= 0 && number < words.length ? words[number] : 0;
    }

    private long tag(int i, int k) {
        int number = of[i] + k;
        return number >= 0 && number < tags.length ? tags[number] : 0;
    }

    private int headOf(int i, int k) {
        return cell(heads, of[i] + k);
    }

    private void add(long a) {
        done(mix(a ^ (template + 1)));
    }

    private void add(long a, long b) {
        done(mix(mix(a ^ (template + 1)) ^ b));
    }

    private void add(long a, long b, long c) {
        done(mix(mix(mix(a ^ (template + 1)) ^ b) ^ c));
    }

    private void add(long a, long b, long c, long d) {
        done(mix(mix(mix(mix(a ^ (template + 1)) ^ b) ^ c) ^ d));
    }

    private static long mix(long key) {
        long mixed = key * STEP;
        return mixed ^ mixed >>> 29;
    }

    private void done(long key) {
        long mixed = key * MIX;
        keys[begin + template++] = mixed ^ mixed >>> 32;
    }

    private static long hash(CRC32 crc, String word) {
        crc.reset();
        crc.update(word.getBytes(StandardCharsets.UTF_8));
        return crc.getValue() + 1;
    }

    /** Kind of the longest head that ends a word times 8, plus its length up to 4; 0 for none. */
    private int head(Lexicons lexicons, int start, int end) {
        for (int size = Math.min(end - start, LONGEST_HEAD); size > 0; size--) {
            int kind = lexicons.heads.number(codes, end - size, end);
            if (kind > 0) {
                return kind * 8 + Math.min(size, 4);
            }
        }
        return 0;
    }

    private boolean[] are(int type) {
        boolean[] found = new boolean[length];
        for (int i = 0; i < length; i++) {
            found[i] = types[i] == type;
        }
        return found;
    }

    private static int bucket(int distance) {
        return distance < 6 ? distance : distance < 9 ? 6 : distance < 14 ? 7 : distance < 25 ? 8 : 9;
    }
}
