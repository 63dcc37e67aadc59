package huitu;

import java.util.Arrays;

/** Types of characters: Han 2, digits 3, capitals 4, small letters 5, numerals 6, marks from 7 on, others 1 (字符). */
final class Characters {
    private static final int OTHER = 1;
    static final int HAN = 2;
    static final int DIGIT = 3;
    private static final String[] MARKS = {
        " ", "\n", ",", "、", "。!?;", "“‘\"", "”’", "《〈", "》〉", "(", ")", ":", "·", "-–—", "/|", "年", "第", "届"
    };
    private static final byte[] TYPES = types();
    static final int LINE = TYPES['\n'];
    static final int COLON = TYPES[':'];
    private static final String DELIMITERS = "\n,、。:/";

    private Characters() {}

    /** The type of a character. */
    static int type(int code) {
        if (code < TYPES.length) {
            return TYPES[code];
        }
        return OTHER;
    }

    /** Whether characters of a type part phrases: , 、 。 : / and the end of a line. */
    static boolean isDelimiter(int type) {
        for (int i = 0; i < DELIMITERS.length(); i++) {
            if (TYPES[DELIMITERS.charAt(i)] == type) {
                return true;
            }
        }
        return false;
    }

    private static byte[] types() {
        byte[] table = new byte[0x10000];
        Arrays.fill(table, (byte) OTHER);
        Arrays.fill(table, 0x4E00, 0xA000, (byte) HAN);
        Arrays.fill(table, '0', '9' + 1, (byte) DIGIT);
        Arrays.fill(table, 'A', 'Z' + 1, (byte) 4);
        Arrays.fill(table, 'a', 'z' + 1, (byte) 5);
        Arrays.fill(table, 0xC0, 0x250, (byte) 5);
        for (char numeral : "一二三四五六七八九十百千万亿零〇两".toCharArray()) {
            table[numeral] = 6;
        }
        for (int number = 0; number < MARKS.length; number++) {
            for (char mark : MARKS[number].toCharArray()) {
                table[mark] = (byte) (7 + number);
            }
        }
        return table;
    }
}
