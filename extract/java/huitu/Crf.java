package huitu;

/**
 * The names in a text by a linear-chain CRF: the best labels of each stretch, and how probable they are (解码).
 *
 * <p>Labels are O, then B, I, E and S for each of the five types. Lafferty, McCallum, Pereira: Conditional Random
 * Fields, ICML 2001.
 */
public final class Crf {
    private static final float NEVER = -1e4f;
    private static final double LEAST = 1e-30;
    /** Characters whose features are looked up at once. */
    private static final int TOGETHER = 16;
    private static final int BEGIN = 0;
    private static final int END = 2;
    private static final int SINGLE = 3;

    /** Their number is a multiple of seven. */
    private final int labels;
    private final Table table;
    /** By key and label. */
    private final float[] weights;
    /** By label those that may stand before it and behind it, and how such a step weighs, as a sum and as a factor. */
    private final int[][] before;
    private final int[][] behind;
    private final float[][] sums;
    private final double[][] factors;
    private final boolean[] starts;
    private final boolean[] ends;

    /** Weights by key and label, transitions and which are allowed by label and label, which labels start and end. */
    public Crf(long[] keys, float[] weights, float[] transitions, boolean[] allowed, boolean[] starts,
            boolean[] ends) {
        labels = starts.length;
        table = new Table(keys);
        this.weights = weights;
        this.starts = starts;
        this.ends = ends;
        sums = new float[labels][labels];
        factors = new double[labels][labels];
        before = new int[labels][];
        behind = new int[labels][];
        for (int one = 0; one < labels; one++) {
            int[] left = new int[labels];
            int[] right = new int[labels];
            int lefts = 0;
            int rights = 0;
            for (int other = 0; other < labels; other++) {
                sums[one][other] = transitions[one * labels + other];
                factors[one][other] = Math.exp(sums[one][other]);
                if (allowed[other * labels + one]) {
                    left[lefts++] = other;
                }
                if (allowed[one * labels + other]) {
                    right[rights++] = other;
                }
            }
            before[one] = java.util.Arrays.copyOf(left, lefts);
            behind[one] = java.util.Arrays.copyOf(right, rights);
        }
    }

    /** The score of each label at each character, one row after the other. */
    float[] scores(Features features) {
        int templates = Features.TEMPLATES;
        float[] scores = new float[features.length() * labels];
        long[] keys = new long[TOGETHER * templates];
        int[] rows = new int[keys.length];
        int[] places = new int[templates];
        for (int begin = 0; begin < features.length(); begin += TOGETHER) {
            int count = Math.min(TOGETHER, features.length() - begin);
            for (int i = 0; i < count; i++) {
                features.at(begin + i, keys, i * templates);
            }
            table.find(keys, rows);
            for (int i = 0; i < count; i++) {
                int known = 0;
                for (int j = i * templates; j < (i + 1) * templates; j++) {
                    if (rows[j] >= 0) {
                        places[known++] = rows[j] * labels;
                    }
                }
                add(places, known, scores, (begin + i) * labels);
            }
        }
        return scores;
    }

    /** Add up the weights from some places on, in their order; the sums of seven labels at a time stay in registers. */
    private void add(int[] places, int count, float[] scores, int to) {
        for (int label = 0; label < labels; label += 7) {
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            float e = 0;
            float f = 0;
            float g = 0;
            for (int i = 0; i < count; i++) {
                int from = places[i] + label;
                a += weights[from];
                b += weights[from + 1];
                c += weights[from + 2];
                d += weights[from + 3];
                e += weights[from + 4];
                f += weights[from + 5];
                g += weights[from + 6];
            }
            scores[to + label] = a;
            scores[to + label + 1] = b;
            scores[to + label + 2] = c;
            scores[to + label + 3] = d;
            scores[to + label + 4] = e;
            scores[to + label + 5] = f;
            scores[to + label + 6] = g;
        }
    }

    /**
     * The names in a text: start, end, type and the least probability of its labels of each in turn.
     *
     * @param bounds of the stretches, which are labelled one by one
     */
    double[] names(float[] scores, int[] bounds) {
        double[] found = new double[4 * scores.length / labels];
        int count = 0;
        for (int stretch = 1; stretch < bounds.length; stretch++) {
            int first = bounds[stretch - 1];
            int size = bounds[stretch] - first;
            int[] path = best(scores, first, size);
            double[] probability = null;
            int start = 0;
            for (int i = 0; i < size; i++) {
                if (path[i] == 0) {
                    continue;
                }
                if (probability == null) { // of most stretches, which have no name, it is not asked for
                    probability = probability(scores, first, size, path);
                }
                int place = (path[i] - 1) % 4;
                if (place == BEGIN || place == SINGLE) {
                    start = i;
                }
                if (place == END || place == SINGLE) {
                    double least = 1;
                    for (int j = start; j <= i; j++) {
                        least = Math.min(least, probability[j]);
                    }
                    found[count] = first + start;
                    found[count + 1] = first + i + 1;
                    found[count + 2] = (path[i] - 1) / 4;
                    found[count + 3] = least;
                    count += 4;
                }
            }
        }
        return java.util.Arrays.copyOf(found, count);
    }

    /** The best labels of a stretch (Viterbi). */
    private int[] best(float[] scores, int first, int size) {
        float[] state = new float[labels];
        float[] last = new float[labels];
        byte[] from = new byte[size * labels];
        for (int label = 0; label < labels; label++) {
            state[label] = scores[first * labels + label] + (starts[label] ? 0 : NEVER);
        }
        for (int i = 1; i < size; i++) {
            float[] spare = last;
            last = state;
            state = spare;
            for (int label = 0; label < labels; label++) {
                int[] lefts = before[label];
                int best = lefts[0];
                float most = last[best] + sums[best][label];
                for (int k = 1; k < lefts.length; k++) {
                    float sum = last[lefts[k]] + sums[lefts[k]][label];
                    if (sum > most) {
                        most = sum;
                        best = lefts[k];
                    }
                }
                from[i * labels + label] = (byte) best;
                state[label] = scores[(first + i) * labels + label] + most;
            }
        }
        int best = 0;
        for (int label = 1; label < labels; label++) {
            float here = state[label] + (ends[label] ? 0 : NEVER);
            if (here > state[best] + (ends[best] ? 0 : NEVER)) {
                best = label;
            }
        }
        int[] path = new int[size];
        for (int i = size - 1; i >= 0; i--) {
            path[i] = best;
            best = from[i * labels + best];
        }
        return path;
    }

    /** The probability of each label of a path: the forward-backward algorithm, scaled at each step (Rabiner 1989). */
    private double[] probability(float[] scores, int first, int size, int[] path) {
        double[][] local = new double[size][labels];
        double[][] forward = new double[size][labels];
        for (int i = 0; i < size; i++) {
            float most = scores[(first + i) * labels];
            for (int label = 1; label < labels; label++) {
                most = Math.max(most, scores[(first + i) * labels + label]);
            }
            for (int label = 0; label < labels; label++) {
                local[i][label] = Math.exp(scores[(first + i) * labels + label] - most);
                double reached = i > 0 ? step(forward[i - 1], before[label], label, true) : starts[label] ? 1 : 0;
                forward[i][label] = reached * local[i][label];
            }
            scale(forward[i]);
        }
        double[] found = new double[size];
        double[] backward = new double[labels];
        for (int i = size - 1; i >= 0; i--) {
            double[] reached = new double[labels];
            double sum = 0;
            for (int label = 0; label < labels; label++) {
                reached[label] =
                        i + 1 < size ? step(backward, behind[label], label, false) : ends[label] ? 1 : 0;
                sum += forward[i][label] * reached[label];
            }
            found[i] = forward[i][path[i]] * reached[path[i]] / Math.max(sum, LEAST);
            for (int label = 0; label < labels; label++) {
                backward[label] = reached[label] * local[i][label];
            }
            scale(backward);
        }
        return found;
    }

    private double step(double[] state, int[] others, int label, boolean ahead) {
        double sum = 0;
        for (int other : others) {
            sum += state[other] * (ahead ? factors[other][label] : factors[label][other]);
        }
        return sum;
    }

    private static void scale(double[] state) {
        double sum = 0;
        for (double each : state) {
            sum += each;
        }
        for (int label = 0; label < state.length; label++) {
            state[label] /= Math.max(sum, LEAST);
        }
    }
}
