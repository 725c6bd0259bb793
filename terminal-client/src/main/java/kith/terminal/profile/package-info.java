/// Who one is on which server, and the tokens that prove it, on disk.
@NullMarked
package kith.terminal.profile;

import org.jspecify.annotations.NullMarked;
