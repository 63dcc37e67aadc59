package huitu;

/** What the lexicons say of each character of a text, as columns of whole numbers (词表特征). */
public final class Lexicons {
    private final Lexicon names;
    private final Lexicon words;
    private final Lexicon tails;
    private final int longestTail;
    private final boolean[] isPlace;
    private final int local;
    private final short[] characters;

    final Lexicon heads;
    /** From here on a head is a title. */
    final int title;

    /**
     * @param names known names; {@code isPlace} says by number which are places
     * @param words heads of names, titles and verbs of the relation families
     * @param tails of local bodies: behind a place they make one name, whose number is {@code local}
     * @param heads of names and titles; those from the number {@code title} on are titles
     * @param characters how usual each character is as a surname, in a given name and in a transliteration
     */
    public Lexicons(Lexicon names, boolean[] isPlace, Lexicon words, Lexicon tails, int longestTail, int local,
            Lexicon heads, int title, short[] characters) {
        this.names = names;
        this.isPlace = isPlace;
        this.words = words;
        this.tails = tails;
        this.longestTail = longestTail;
        this.local = local;
        this.heads = heads;
        this.title = title * 8;
        this.characters = characters;
    }

    /** Names, words and classes of characters; of names and words the number and the place in them. */
    int[][] columns(int[] codes) {
        int[][] columns = new int[3][codes.length];
        mark(columns[0], codes);
        int[] found = words.find(codes);
        for (int i = 0; i < found.length; i += 3) {
            mark(columns[1], found[i], found[i + 1], found[i + 2]);
        }
        for (int i = 0; i < codes.length; i++) {
            columns[2][i] = characters[codes[i]];
        }
        return columns;
    }

    private void mark(int[] column, int[] codes) {
        int[] found = names.find(codes);
        int taken = 0;
        for (int i = 0; i < found.length; i += 3) {
            int start = found[i];
            int end = found[i + 1];
            int number = found[i + 2];
            if (isPlace[number]) {
                int tail = tail(codes, end);
                end += tail;
                number = tail > 0 ? local : number;
            } else if (start < taken) {
                continue;
            }
            taken = end;
            if (end <= codes.length) {
                mark(column, start, end, number);
            }
        }
    }

    /** The size of the longest tail of a local body at a place, 0 for none. */
    private int tail(int[] codes, int start) {
        for (int size = longestTail; size > 1; size--) {
            // What the end of the text cuts off counts as if it were there: the model has learnt it so.
            if (tails.number(codes, start, Math.min(start + size, codes.length)) > 0) {
                return size;
            }
        }
        return 0;
    }

    private static void mark(int[] column, int start, int end, int number) {
        for (int i = start + 1; i < end - 1; i++) {
            column[i] = number * 4 + 1;
        }
        column[end - 1] = number * 4 + 2;
        column[start] = number * 4 + (end - start == 1 ? 3 : 0);
    }
}
