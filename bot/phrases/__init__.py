"""Every sentence for people, a file for each occasion; whoever speaks decides what is said, these how."""
