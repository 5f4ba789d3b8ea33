package org.ehrhub.tools;

/** An argument that a contract does not accept; thrown by the input records, answered as {@link ErrorCode#INVALID_INPUT}. */
public final class InvalidArgument extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String argument;
    private final String problem;

    /**
     * Names the argument and says what is wrong with it.
     *
     * @param argument the argument's name as the caller wrote it
     * @param problem what is wrong and what to do, without repeating the value
     */
    public InvalidArgument(String argument, String problem) {
        super("`" + argument + "` " + problem);
        this.argument = argument;
        this.problem = problem;
    }

    /** The argument's name. */
    public String argument() {
        return argument;
    }

    /** What is wrong with it; never holds the value. */
    public String problem() {
        return problem;
    }
}
