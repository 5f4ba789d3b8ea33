package org.ehrhub.tools.tasks;

import org.ehrhub.tools.CanonicalTool.Listing;
import org.ehrhub.tools.CanonicalTool.Write;
import org.ehrhub.tools.Risk;

/** The tools about tasks. */
public final class TaskTools {
    /** Lists tasks. */
    public static final Listing<TaskList, Task> LIST = new Listing<>("task.list", TaskList.class, Task.class);
    /** Creates a task. */
    public static final Write<TaskCreate, Task> CREATE =
            new Write<>("task.create", TaskCreate.class, Task.class, Risk.REVERSIBLE_WRITE);
    /** Changes a task. */
    public static final Write<TaskUpdate, Task> UPDATE =
            new Write<>("task.update", TaskUpdate.class, Task.class, Risk.REVERSIBLE_WRITE);

    private TaskTools() {}
}
