package huitu;

/** The numbers of 64-bit keys, by open addressing (查表): keys are hashes, and their low bits are the slot. */
final class Table {
    /** Slots for each key: most keys that are not there meet an empty slot at once. */
    private static final int ROOM = 4;

    private final long[] keys;
    /** By slot the number of its key, from 1 on; 0 where it is empty. */
    private final int[] slots;
    private final int mask;

    /** Keys without repetitions; their numbers are their places. */
    Table(long[] keys) {
        this.keys = keys;
        mask = Integer.highestOneBit(Math.max(keys.length, 1) * ROOM) * 2 - 1;
        slots = new int[mask + 1];
        for (int number = 0; number < keys.length; number++) {
            int slot = (int) keys[number] & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = number + 1;
        }
    }

    /** The numbers of many keys; slots are read one after the other, so that memory is asked for many at a time. */
    void find(long[] wanted, int[] found) {
        for (int i = 0; i < wanted.length; i++) {
            found[i] = slots[(int) wanted[i] & mask] - 1;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (found[i] >= 0 && keys[found[i]] != wanted[i]) {
                found[i] = find(wanted[i]);
            }
        }
    }

    /** The number of a key, -1 where it is not there. */
    int find(long key) {
        for (int slot = (int) key & mask;; slot = slot + 1 & mask) {
            int number = slots[slot] - 1;
            if (number < 0 || keys[number] == key) {
                return number;
            }
        }
    }
}
