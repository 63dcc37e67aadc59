package huitu;

/** Conditions by place in a text, and how far the next place is where one holds (位置). */
final class Places {
    private Places() {}

    /** Where a column has a number other than 0. */
    static boolean[] where(int[] column) {
        boolean[] found = new boolean[column.length];
        for (int i = 0; i < column.length; i++) {
            found[i] = column[i] > 0;
        }
        return found;
    }

    /** Where one of two conditions holds. */
    static boolean[] either(boolean[] one, boolean[] two) {
        boolean[] found = new boolean[one.length];
        for (int i = 0; i < one.length; i++) {
            found[i] = one[i] || two[i];
        }
        return found;
    }

    /** The last place at or before each place where the condition holds, -1 for none. */
    static int[] last(boolean[] where) {
        int[] found = new int[where.length];
        int last = -1;
        for (int i = 0; i < where.length; i++) {
            last = where[i] ? i : last;
            found[i] = last;
        }
        return found;
    }

    /** The next place at or behind each place where the condition holds, beyond the end for none. */
    static int[] next(boolean[] where) {
        int[] found = new int[where.length];
        int next = where.length + 99;
        for (int i = where.length - 1; i >= 0; i--) {
            next = where[i] ? i : next;
            found[i] = next;
        }
        return found;
    }
}
