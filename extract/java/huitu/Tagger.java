package huitu;

/** What Python calls: texts with their words in, features or names out. */
public final class Tagger {
    private final Lexicons lexicons;

    public Tagger(Lexicons lexicons) {
        this.lexicons = lexicons;
    }

    /** The keys of all templates at each character, one row after the other. */
    public long[] features(String text, int[] ends, String tags) {
        Features features = new Features(lexicons, text, ends, tags);
        long[] keys = new long[features.length() * Features.TEMPLATES];
        for (int i = 0; i < features.length(); i++) {
            features.at(i, keys, i * Features.TEMPLATES);
        }
        return keys;
    }

    /** The names that a model finds: start, end, type and probability of each in turn; bounds are of stretches. */
    public double[] names(Crf crf, String text, int[] ends, String tags, int[] bounds) {
        return crf.names(crf.scores(new Features(lexicons, text, ends, tags)), bounds);
    }
}
