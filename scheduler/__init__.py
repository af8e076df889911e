"""What happens without anybody waiting for it: durable jobs and their timetable."""
