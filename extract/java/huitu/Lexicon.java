package huitu;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Words with a number each (词表): a tree of their beginnings, which are hashed, so that a step down is a look into a
 * table.
 */
public final class Lexicon {
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private final Table beginnings;
    /** By beginning the number of the word that it is, 0 where it is none. */
    private final int[] numbers;

    /** Words, a line each, and their numbers, from 1 on. */
    public Lexicon(String words, int[] numbers) {
        Map found = new LinkedHashMap();
        int number = 0;
        for (String word : words.split("\n")) {
            long key = 0;
            int[] codes = word.codePoints().toArray();
            for (int code : codes) {
                key = down(key, code);
                if (!found.containsKey(key)) {
                    found.put(key, 0);
                }
            }
            found.put(key, numbers[number++]);
        }
        long[] keys = new long[found.size()];
        this.numbers = new int[found.size()];
        int place = 0;
        for (Object each : found.entrySet()) {
            Map.Entry entry = (Map.Entry) each;
            keys[place] = ((Long) entry.getKey()).longValue();
            this.numbers[place++] = ((Integer) entry.getValue()).intValue();
        }
        beginnings = new Table(keys);
    }

    /** The longest words from left to right that do not overlap: start, end and number of each in turn. */
    public int[] find(String text) {
        return find(text.codePoints().toArray());
    }

    int[] find(int[] codes) {
        int[] found = new int[3 * codes.length];
        int count = 0;
        int start = 0;
        while (start < codes.length) {
            int end = start;
            int number = 0;
            long key = 0;
            for (int place = start; place < codes.length; place++) {
                key = down(key, codes[place]);
                int beginning = beginnings.find(key);
                if (beginning < 0) {
                    break;
                }
                if (numbers[beginning] > 0) {
                    number = numbers[beginning];
                    end = place + 1;
                }
            }
            if (number > 0) {
                found[count] = start;
                found[count + 1] = end;
                found[count + 2] = number;
                count += 3;
            }
            start = Math.max(end, start + 1);
        }
        return java.util.Arrays.copyOf(found, count);
    }

    /** The number of the word [start, end), 0 where it is none. */
    int number(int[] codes, int start, int end) {
        long key = 0;
        for (int place = start; place < end; place++) {
            key = down(key, codes[place]);
        }
        int beginning = beginnings.find(key);
        return beginning < 0 ? 0 : numbers[beginning];
    }

    private static long down(long key, int code) {
        long mixed = (key ^ code) * STEP;
        return mixed ^ mixed >>> 29;
    }
}
