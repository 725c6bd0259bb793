/// Archives: files with the entries that retention destroyed, and their verification.
@NullMarked
package kith.node.archive;

import org.jspecify.annotations.NullMarked;
