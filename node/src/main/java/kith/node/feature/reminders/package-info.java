/// Reminders: texts and messages of which an account wants to be reminded at a time, on all its
/// devices. Nobody else sees them.
@NullMarked
package kith.node.feature.reminders;

import org.jspecify.annotations.NullMarked;
