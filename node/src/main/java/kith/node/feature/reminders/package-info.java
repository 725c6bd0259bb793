/// Reminders: texts and messages that are shown to an account again at a chosen time, on all its
/// devices. Nobody else sees them.
@NullMarked
package kith.node.feature.reminders;

import org.jspecify.annotations.NullMarked;
